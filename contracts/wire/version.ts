/**
 * The wire's version. `wire.test.ts` hashes the JSON schema of `up` and `down` and compares it with WIRE_HASH: whoever
 * changes a message changes both lines and adds one to the history.
 *
 * 1  first: hello, commands, pulse, page up; welcome, refused, poke, page, telemetry, pulse down.
 */
export const PROTOCOL_VERSION = 1;
export const WIRE_HASH = 'c04f56de0ebbebffb692be43ff48dd7940127fa9509af74fd4dfe9be64d93e3d';
