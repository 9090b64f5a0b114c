/** The person who views the page, with their permissions. */
export type Viewer = { id: string; mayCancel: boolean; mayReadAudit: boolean };
