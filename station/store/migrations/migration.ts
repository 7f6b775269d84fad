/** One step of the schema. `version` grows by tens and becomes `user_version`; a released one is never edited. */
export type Migration = { readonly version: number; readonly sql: string };
