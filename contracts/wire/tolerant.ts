import { z } from 'zod';

type Definition = Readonly<Record<string, unknown>> & { readonly type: string };
type Part = z.core.$ZodType;

const mapped = (parts: readonly Part[]): Part[] => parts.map(tolerantPart);

const loosened = (definition: Definition): Readonly<Record<string, unknown>> | undefined => {
  switch (definition.type) {
    case 'object': {
      const shape = definition.shape as Readonly<Record<string, Part>>;
      return {
        shape: Object.fromEntries(Object.entries(shape).map(([key, part]) => [key, tolerantPart(part)])),
        catchall: undefined,
      };
    }
    case 'array':
      return { element: tolerantPart(definition.element as Part) };
    case 'union':
      return { options: mapped(definition.options as readonly Part[]) };
    case 'tuple':
      return { items: mapped(definition.items as readonly Part[]) };
    case 'record':
      return { valueType: tolerantPart(definition.valueType as Part) };
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return { innerType: tolerantPart(definition.innerType as Part) };
    default:
      return undefined;
  }
};

function tolerantPart(part: Part): Part {
  const definition = part._zod.def as unknown as Definition;
  const changed = loosened(definition);
  return changed ? z.core.clone(part, { ...definition, ...changed } as never) : part;
}

/**
 * The same schema in which every object lets fields pass that it does not know, and drops them: a peer that is one version
 * newer may say more than this one understands.
 */
export const tolerant = <S extends Part>(schema: S): S => tolerantPart(schema) as S;
