/**
 * The wire's version. `wire.test.ts` hashes the JSON schema of `up` and `down` and compares it with WIRE_HASH: whoever
 * changes a message changes both lines and adds one to the history.
 *
 * 1  first: hello, commands, pulse, page up; welcome, refused, poke, page, telemetry, pulse down.
 * 2  diverged up.
 */
export const PROTOCOL_VERSION = 2;
export const WIRE_HASH = '8afb260f74008f3626916f212f12b43ca30d4c27161adda9c60fd44856f3cc75';
