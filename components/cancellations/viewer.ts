/** The person who looks at the page, and what the server lets them do. */
export type Viewer = { id: string; mayCancel: boolean; mayReadAudit: boolean };
