import { catalogue } from './catalogue.ts';
import { instantText, type Resource } from './resource.ts';

/** What this server can do (FHIR R4 CapabilityStatement), made of the catalogue of what is served. `since`: when it started. */
export const capabilityStatement = (base: string, since: number, needsToken: boolean): Resource => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: instantText(since),
  kind: 'instance',
  software: { name: 'Vigil' },
  implementation: { description: 'The board of an emergency department, to be read', url: base },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json', 'json'],
  rest: [
    {
      mode: 'server',
      security: {
        cors: false,
        description: needsToken
          ? 'Each reader has a token of its own: Authorization: Bearer. Every read is noted.'
          : 'Read on this machine alone. Every read is noted.',
      },
      resource: [...catalogue.values()].map(({ type, parameters }) => ({
        type,
        interaction: [{ code: 'read' }, { code: 'search-type' }],
        versioning: 'versioned',
        readHistory: false,
        conditionalRead: 'not-match',
        searchParam: parameters,
      })),
    },
  ],
});
