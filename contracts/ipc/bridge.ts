import { z } from 'zod';

/**
 * What the bridge puts into a page as `window.vigil`. Nothing but the wish to be connected crosses it: the answer comes as two
 * MessagePorts, each in a message of the page to itself, because a port cannot cross between the isolated worlds otherwise.
 */
export type Bridge = { readonly connect: () => void };

/** The page's message that carries a port: one to main, and one to the station again whenever the station was started anew. */
export const portAnnouncementSchema = z.strictObject({ vigil: z.literal('port'), boundary: z.enum(['main', 'station']) });
export type PortAnnouncement = z.infer<typeof portAnnouncementSchema>;
