/**
 * How this desk is configured. The managed file beats the command line, which beats the built-in: what IT set, nobody at the
 * desk sets otherwise. A managed file that cannot be read stops the start; running on without it could break a rule it holds.
 */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { type RoutingService, routingServiceSchema, stationStartSchema } from '#contracts/ipc/main-station.ts';
import { boards, type StartBoard, startBoardSchema, type Viewing, viewingSchema } from '#contracts/ipc/main-window.ts';

const signInSchema = stationStartSchema.shape.signInAs;

const managedSchema = z
  .strictObject({
    backendUrl: z.url(),
    deviceToken: z.string().min(1).max(512),
    signInAs: signInSchema,
    boards: z.array(startBoardSchema).min(1),
    /** The online map engine tells a company outside where an incident is: off unless a token stands here. */
    mapboxToken: z.string().min(1).nullable(),
    dataDirectory: z.string().min(1),
    tilesFile: z.string().min(1),
    /** A folder for copies of the downtime pack in clear: patients lie readable there, so that only this file can name it. */
    downtimeFolder: z.string().min(1).nullable(),
    /** A routing service is told where units and incidents are, so that only this file can name it. */
    routing: routingServiceSchema.nullable(),
    /** How the wall is read, on every display or on those that the system calls so. */
    wall: viewingSchema.extend({ displays: z.array(viewingSchema.extend({ label: z.string().min(1) })) }).partial(),
  })
  .partial();

export type Policy = {
  readonly backendUrl: string;
  readonly deviceToken: string;
  readonly signInAs: z.infer<typeof signInSchema>;
  /** The boards to open, each in its window, the first in front. */
  readonly boards: readonly StartBoard[];
  readonly mapboxToken: string | null;
  /** Where database, key and window state live; null is the operating system's usual place. */
  readonly dataDirectory: string | null;
  /** The archive of map tiles; null is the one that came with the application. */
  readonly tilesFile: string | null;
  /** Where downtime packs are also written in clear; null: nowhere. */
  readonly downtimeFolder: string | null;
  /** A routing service of the site; null: drives are reckoned on this desk. */
  readonly routing: RoutingService | null;
  readonly wall: WallPolicy;
};

export type WallPolicy = {
  /** Null: nobody has said it. */
  readonly diagonalInches: number | null;
  readonly distanceMetres: number | null;
  /** What differs by display, by the name that the system gives it. */
  readonly displays: readonly (Viewing & { readonly label: string })[];
};

/** The file of the managed configuration on an operating system (`process.platform`). */
export const managedFileOf = (platform: NodeJS.Platform): string => {
  if (platform === 'win32') return 'C:\\ProgramData\\Vigil\\policy.json';
  return platform === 'darwin' ? '/Library/Application Support/Vigil/policy.json' : '/etc/vigil/policy.json';
};

/** The managed configuration in a file, {} when there is no file; throws a sentence when it cannot be read or is not valid. */
export const readManaged = (file: string): z.infer<typeof managedSchema> => {
  if (!existsSync(file)) return {};
  try {
    return managedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new Error(`The managed configuration ${file} cannot be used: ${why}`);
  }
};

const valuesOf = (argv: readonly string[], name: string): string[] =>
  argv.flatMap((argument) => (argument.startsWith(`--${name}=`) ? [argument.slice(name.length + 3)] : []));

const checked = <T>(schema: z.ZodType<T>, name: string, value: string | number | undefined): T | undefined => {
  if (value === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(`--${name}=${value} is not valid: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};

/** The policy from the managed configuration, the command line and the environment; throws a sentence on a value that is none. */
export const policyFrom = (managed: z.infer<typeof managedSchema>, argv: readonly string[], env: NodeJS.ProcessEnv): Policy => {
  const last = (name: string): string | undefined => valuesOf(argv, name).at(-1);
  const asked = valuesOf(argv, 'board').flatMap((value) => value.split(',').map((board) => startBoardSchema.parse(board)));
  const asWall = argv.includes('--wall') ? 'display' : 'demo';
  const signInAs = managed.signInAs ?? checked(signInSchema, 'sign-in-as', last('sign-in-as')) ?? asWall;
  const numberOf = (name: string): number | undefined => (last(name) === undefined ? undefined : Number(last(name)));
  const { diagonalInches, distanceMetres } = viewingSchema.shape;
  return {
    backendUrl: managed.backendUrl ?? checked(z.url(), 'backend', last('backend')) ?? 'http://127.0.0.1:7410',
    deviceToken:
      managed.deviceToken ??
      env['VIGIL_DEVICE_TOKEN'] ??
      (signInAs === 'display' ? 'vigil-development-display' : 'vigil-development-desk'),
    signInAs,
    boards: managed.boards ?? (asked.length > 0 ? [...new Set(asked)] : signInAs === 'display' ? ['wall'] : boards),
    mapboxToken: managed.mapboxToken !== undefined ? managed.mapboxToken : (env['VIGIL_MAPBOX_TOKEN'] ?? null),
    dataDirectory: managed.dataDirectory ?? last('vigil-data') ?? null,
    tilesFile: managed.tilesFile ?? last('tiles') ?? null,
    downtimeFolder: managed.downtimeFolder ?? null,
    routing: managed.routing ?? null,
    wall: {
      diagonalInches: managed.wall?.diagonalInches ?? checked(diagonalInches, 'wall-inches', numberOf('wall-inches')) ?? null,
      distanceMetres: managed.wall?.distanceMetres ?? checked(distanceMetres, 'wall-metres', numberOf('wall-metres')) ?? null,
      displays: managed.wall?.displays ?? [],
    },
  };
};
