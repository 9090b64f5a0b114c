/** The person who views the page, with their permissions. */
export type Viewer = { id: string; mayCancel: boolean; mayCancelBulk: boolean; mayReadAudit: boolean };
