import type { z } from 'zod';

/**
 * What a configuration file says, from its JSON text with or without a byte order mark. Throws what `wrong` makes of the sentence that
 * says why it cannot be read; `sentenceOf` says it of what the schema does not allow.
 */
export const readJsonText = <S extends z.ZodType>(
  text: string,
  schema: S,
  wrong: (what: string) => Error,
  sentenceOf: (error: z.ZodError) => string,
): z.infer<S> => {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw wrong((error as Error).message);
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw wrong(sentenceOf(parsed.error));
  return parsed.data;
};
