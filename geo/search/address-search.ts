/*
 * Finds what a dispatcher types: an address, a street, a corner, coordinates, a hospital. All readings of the line are
 * tried and every answer says what it is: a number that does not exist is answered with the nearest one that does and says
 * so, never as if it were the one that was asked for.
 */
import { type Addresses, addressAt, nearestAddress } from '../addresses.ts';
import { haversineMetres, type Position } from '../coordinates.ts';
import type { CityPlaces, StationKind } from '../places.ts';
import { nodePosition, type RoadGraph } from '../road-graph.ts';
import { readCoordinates } from './coordinate-text.ts';
import { createCorners } from './corners.ts';
import { findHouses, houseFor } from './house-numbers.ts';
import { createNameIndex, type NameIndex, type NameMatch } from './names.ts';
import { type CornerReading, type Reading, readQuery } from './query.ts';

/**
 * What should be said beside an answer: found by likeness · the number asked does not exist and this is the nearest · the
 * street is known without any number · the two streets come close but do not meet · outside of the city's map.
 */
export const matchNotes = ['spelling', 'nearestNumber', 'noNumbers', 'nearMeeting', 'outside'] as const;
export type MatchNote = (typeof matchNotes)[number];

/** One answer. */
export type AddressMatch = {
  readonly kind: 'address' | 'street' | 'corner' | 'coordinates' | 'place';
  readonly text: string;
  readonly position: Position;
  /** The parts of `text` that the typed words meant, UTF-16 units, end excluded. */
  readonly marks: readonly (readonly [from: number, to: number])[];
  readonly notes: readonly MatchNote[];
  /** The house number that was asked for; null without one. */
  readonly askedNumber: string | null;
  readonly placeKind: 'hospital' | 'neighbourhood' | StationKind | null;
  /** Metres from the position that the search was to be near; null without one. */
  readonly metres: number | null;
  /** How well it fits, 0 to 1. */
  readonly score: number;
};

/** Searches one city. */
export type AddressSearch = {
  /** Answers best first, at most `most`; none for a line that means nothing here. */
  readonly search: (text: string, options?: { readonly near?: Position; readonly most?: number }) => AddressMatch[];
  /** The address nearest to a position, at most `within` metres away. */
  readonly nearest: (position: Position, within: number) => AddressMatch | undefined;
};

type Name = {
  readonly text: string;
  readonly street: number | null;
  readonly road: number | null;
  readonly place: { readonly position: Position; readonly kind: Exclude<AddressMatch['placeKind'], null> } | null;
};
type Found = Omit<AddressMatch, 'metres'>;

/** Names looked at for each reading, and for each side of a corner. */
const NAMES = 12;
const SIDES = 6;
const NEARBY_METRES = 3_000;
const HALF_OF_A_CORNER = 0.7;
const AROUND_A_CORNER = 300;
/** A street of so many houses is as likely as one can be. */
const GREAT_STREET = 2_000;

/** An index over a city; about 100 ms and 20 MB for 205,000 addresses. */
export function createAddressSearch(city: {
  readonly addresses: Addresses;
  readonly graph: RoadGraph;
  readonly places: CityPlaces;
}): AddressSearch {
  const { addresses, graph, places } = city;
  const names = gatherNames(city);
  const corners = createCorners(graph);
  const index = createNameIndex(
    names.map(({ text }) => text),
    [places.name, ...places.neighbourhoods.map(({ name }) => name)],
  );

  /** Between two streets of one name the longer one is meant more often: a factor from 0.9 to 1. */
  const size = (street: number | null): number => {
    const houses =
      street === null ? 0 : (addresses.firstOfStreet[street + 1] as number) - (addresses.firstOfStreet[street] as number);
    return 0.9 + 0.1 * Math.min(1, Math.log(1 + houses) / Math.log(GREAT_STREET));
  };

  const house = (name: NameMatch, { street, text }: Name, wanted: NonNullable<Reading['house']>): Found[] => {
    const houses = street === null ? [] : findHouses(addresses, street, wanted.number, wanted.suffix);
    return houses.flatMap(({ address, exact }) => {
      const found = addressAt(addresses, address);
      if (!found) return [];
      const whole = `${text} ${found.number}`;
      const far = Math.abs(Number.parseInt(found.number, 10) - wanted.number);
      return {
        kind: 'address',
        text: whole,
        position: found.position,
        marks: [...name.marks, ...(exact ? [[text.length + 1, whole.length] as const] : [])],
        notes: [...spelling(name), ...(exact ? [] : (['nearestNumber'] as const))],
        askedNumber: wanted.asked,
        placeKind: null,
        score: name.score * size(street) * (exact ? 1 : 0.97 - 0.12 * Math.min(1, far / 500)),
      };
    });
  };

  const street = (
    name: NameMatch,
    { text, street: of, road }: Name,
    near: Position | undefined,
    asked: string | null,
  ): Found[] => {
    const address = of === null ? undefined : houseFor(addresses, of, near);
    const node = road === null ? undefined : corners.nodeOf(road, near);
    const position =
      node === undefined ? address !== undefined && addressAt(addresses, address)?.position : nodePosition(graph, node);
    if (!position) return [];
    return [
      {
        kind: 'street',
        text,
        position,
        marks: name.marks,
        notes: [...spelling(name), ...(asked !== null && address === undefined ? (['noNumbers'] as const) : [])],
        askedNumber: asked,
        placeKind: null,
        // A number nobody can find here is a weaker answer than a house elsewhere.
        score: name.score * size(of) * (asked === null ? 1 : 0.8),
      },
    ];
  };

  const named = (find: NameIndex['find'], reading: Reading, near: Position | undefined): Found[] =>
    find(reading.words, NAMES).flatMap((match): Found[] => {
      const name = names[match.index] as Name;
      if (name.place) {
        const { position, kind } = name.place;
        const score = match.score * (reading.house ? 0.7 : 1);
        const { text } = name;
        return [
          {
            kind: 'place',
            text,
            position,
            marks: match.marks,
            notes: spelling(match),
            askedNumber: null,
            placeKind: kind,
            score,
          },
        ];
      }
      const houses = reading.house ? house(match, name, reading.house) : [];
      return houses.length > 0 ? houses : street(match, name, near, reading.house?.asked ?? null);
    });

  const cornersOf = (find: NameIndex['find'], { one, other, sure }: CornerReading, near: Position | undefined): Found[] => {
    const side = (readings: readonly Reading[]): NameMatch[] =>
      readings
        .flatMap(({ words, house: number }) =>
          find(words, SIDES).map((match) => (number ? { ...match, score: match.score * 0.97 } : match)),
        )
        .filter(({ index: at }) => (names[at] as Name).road !== null)
        .sort((a, b) => b.score - a.score)
        .slice(0, SIDES);
    const [mine, theirs] = [side(one), side(other)];
    // Where one of the two is not known by this name, the other one is a beginning.
    if (mine.length === 0 || theirs.length === 0) {
      return [...one, ...other]
        .flatMap((reading) => named(find, reading, near))
        .map((each) => ({ ...each, score: each.score * HALF_OF_A_CORNER }));
    }
    const meetings = mine.flatMap((a) =>
      theirs.flatMap((b) => {
        const [first, second] = [names[a.index] as Name, names[b.index] as Name];
        return corners.between(first.road as number, second.road as number).map(({ position, gap }): Found => {
          const text = `${first.text} / ${second.text}`;
          const shift = first.text.length + 3;
          const close = gap === 0 ? 1 : 0.85;
          return {
            kind: 'corner',
            text,
            position,
            marks: [...a.marks, ...b.marks.map(([from, to]) => [from + shift, to + shift] as const)],
            notes: [...new Set([...spelling(a), ...spelling(b)]), ...(gap === 0 ? [] : (['nearMeeting'] as const))],
            askedNumber: null,
            placeKind: null,
            score: Math.min(1, Math.sqrt(a.score * b.score) * (sure ? 1.04 : 1) * close),
          };
        });
      }),
    );
    // `Rivera 2531 esq. Soca` names a house, and the corner says which. A figure may as well be part of the name: a house that
    // exists was meant where the name fits better without the figure.
    const plain = (side: readonly Reading[]): number =>
      Math.max(0, ...side.filter((each) => !each.house).map(({ words }) => find(words, 1)[0]?.score ?? 0));
    const houses = [one, other]
      .flatMap((side) =>
        side
          .filter((each) => each.house)
          .flatMap((reading) => named(find, reading, near).filter(({ score }) => score > plain(side))),
      )
      .filter(({ kind, notes }) => kind === 'address' && !notes.includes('nearestNumber'))
      .filter(({ position }) => meetings.some((each) => haversineMetres(each.position, position) < AROUND_A_CORNER))
      .map((each) => ({ ...each, score: Math.max(...meetings.map(({ score }) => score)) + 0.01 }));
    return [...houses, ...meetings];
  };

  const nearest = (position: Position, within: number): AddressMatch | undefined => {
    const found = nearestAddress(addresses, ...position);
    const address = found && found.metres <= within ? addressAt(addresses, found.index) : undefined;
    if (!found || !address) return undefined;
    const text = `${address.street} ${address.number}`;
    const plain = { marks: [], notes: [], askedNumber: null, placeKind: null };
    return { ...plain, kind: 'address', text, position: address.position, metres: Math.round(found.metres), score: 1 };
  };

  const atCoordinates = (position: Position): AddressMatch[] => {
    const [west, south, east, north] = places.bounds;
    const [lon, lat] = position;
    const isOutside = lon < west || lon > east || lat < south || lat > north;
    const text = `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
    const plain = { marks: [], askedNumber: null, placeKind: null, metres: null, score: 1 } as const;
    const itself: AddressMatch = { ...plain, kind: 'coordinates', text, position, notes: isOutside ? ['outside'] : [] };
    const address = nearest(position, 250);
    return address ? [itself, address] : [itself];
  };

  return {
    nearest,
    search: (text, { near, most = 8 } = {}) => {
      const coordinates = readCoordinates(text, places.bounds);
      if (coordinates) return atCoordinates(coordinates).slice(0, most);
      const query = readQuery(text);
      const find = remembered(index.find);
      const found = [
        ...query.corners.flatMap((reading) => cornersOf(find, reading, near)),
        ...query.names.flatMap((reading) => named(find, reading, near)),
      ];
      const ranked = found.map((each): AddressMatch => {
        const metres = near ? Math.round(haversineMetres(near, each.position)) : null;
        const nearby = metres === null ? 0 : 0.04 * Math.exp(-metres / NEARBY_METRES);
        return { ...each, metres, score: Math.min(1, each.score * 0.96 + nearby) };
      });
      ranked.sort((a, b) => b.score - a.score || (a.metres ?? 0) - (b.metres ?? 0) || (a.text < b.text ? -1 : 1));
      const shown = new Set<string>();
      return ranked
        .filter(({ kind, text: name, position }) => {
          const key = `${kind} ${name} ${position.map((degrees) => degrees.toFixed(4)).join()}`;
          return !shown.has(key) && shown.add(key);
        })
        .slice(0, most);
    },
  };
}

/** The readings of one line ask for the same names again and again. */
const remembered = (find: NameIndex['find']): NameIndex['find'] => {
  const known = new Map<string, ReturnType<NameIndex['find']>>();
  return (words, most) => {
    const key = words.join(' ');
    const found = known.get(key) ?? find(words, NAMES);
    known.set(key, found);
    return found.slice(0, most);
  };
};

const spelling = ({ misspelt }: NameMatch): readonly MatchNote[] => (misspelt ? ['spelling'] : []);

function gatherNames({
  addresses,
  graph,
  places,
}: {
  readonly addresses: Addresses;
  readonly graph: RoadGraph;
  readonly places: CityPlaces;
}): Name[] {
  const roads = new Map(graph.names.map((text, road) => [text, road]));
  const streets = new Set(addresses.streets);
  const at = ({ lon, lat }: { readonly lon: number; readonly lat: number }): Position => [lon, lat];
  const placed = [
    ...places.hospitals.map((place) => ({ ...place, kind: 'hospital' as const })),
    ...places.stations,
    ...places.neighbourhoods.map((place) => ({ ...place, kind: 'neighbourhood' as const })),
  ];
  return [
    ...addresses.streets.map((text, street) => ({ text, street, road: roads.get(text) ?? null, place: null })),
    ...graph.names.flatMap((text, road) => (text === '' || streets.has(text) ? [] : { text, street: null, road, place: null })),
    ...placed.map((place) => ({ text: place.name, street: null, road: null, place: { position: at(place), kind: place.kind } })),
  ];
}
