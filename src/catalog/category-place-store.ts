/**
 * Places: sixteen items beside each category, of which each process writes only one, so that writers rarely conflict.
 * Each place says which category is right above this one and counts, level by level, the categories that were put below
 * this one by way of the place (decision 0016).
 */
import { tableName } from '../dynamodb/client';
import { querySection, type Key } from '../dynamodb/read';
import { newShares } from '../dynamodb/shares';
import { Contention, type Action } from '../dynamodb/transaction';
import { mostLevels, type Category } from './category';
import { categoryPartition } from './category-count-store';

const placeCount = 16;
export const places = newShares('BELOW', placeCount);

/** Created when a write first passes it, or when its category first moves; until then there is none. */
export interface PlaceItem extends Key {
  /** The id of the category above, or `top`; absent where the category has never moved. */
  parent?: string;
  /** How often it was written: a move checks by this that nothing was written since it read the place. */
  writes: number;
  /**
   * The number of categories below, by their distance from this one. A single place's number may be negative, because a
   * category can be added by way of one place and removed by way of another: only the sum over all places has a
   * meaning.
   */
  [below: `below${number}`]: number;
}

/** How many categories there are level by level, from one category downwards: itself, those right below it, and so on. */
export type Levels = number[];

type Placed = Pick<Category, 'id' | 'parentId'>;

const parentOf = ({ parentId }: Pick<Placed, 'parentId'>) => parentId ?? 'top';

/**
 * The places of a category, as the last acknowledged writes left them; while others write, not all as of one moment.
 */
export async function readPlaces(id: string): Promise<PlaceItem[]> {
  const section = { pk: categoryPartition(id), from: places.first, to: places.last, limit: placeCount };
  return (await querySection(section, (item: PlaceItem) => item)).items;
}

/** The levels of the category that these places belong to, down to the lowest that has any category. */
export function levelsOf(own: PlaceItem[]): Levels {
  const below = Array.from({ length: mostLevels }, (_, distance) =>
    own.reduce((sum, place) => sum + (place[`below${distance + 1}`] ?? 0), 0),
  );
  return [1, ...below.slice(0, below.findLastIndex((count) => count > 0) + 1)];
}

/** How many more there are below a category, by their distance from it. */
export type More = ReadonlyMap<number, number>;

/**
 * Passes one place of a category, which counts what is put below, on condition that the category is still where it was
 * read to be.
 */
export function pass(category: Placed, more: More, share: string, onConflict: () => void): Action {
  const counts = [...more].map(([distance, count]) => [`below${distance}`, count] as const);
  return {
    write: {
      Update: {
        TableName: tableName,
        Key: { pk: categoryPartition(category.id), sk: share },
        UpdateExpression: ['ADD writes :one', ...counts.map(([name]) => `${name} :${name}`)].join(', '),
        ConditionExpression: 'attribute_not_exists(parent) OR parent = :parent',
        ExpressionAttributeValues: {
          ':one': 1,
          ':parent': parentOf(category),
          ...Object.fromEntries(counts.map(([name, count]) => [`:${name}`, count])),
        },
      },
    },
    otherwise: () => new Contention(),
    onConflict,
  };
}

/**
 * Writes where a category is now into all its places, on condition that none was written since it was read: a
 * concurrent move, or a category put below this one meanwhile, makes this fail.
 */
export const settle = (category: Placed, read: PlaceItem[]): Action[] =>
  places.names.map((sk) => {
    const before = read.find((place) => place.sk === sk);
    return {
      write: {
        Update: {
          TableName: tableName,
          Key: { pk: categoryPartition(category.id), sk },
          UpdateExpression: 'SET parent = :parent ADD writes :one',
          ConditionExpression: before ? 'writes = :read' : 'attribute_not_exists(pk)',
          ExpressionAttributeValues: {
            ':parent': parentOf(category),
            ':one': 1,
            ...(before && { ':read': before.writes }),
          },
        },
      },
      otherwise: () => new Contention(),
    };
  });

/**
 * Deletes the places of a category that is deleted. They need no condition: a category put below it meanwhile changes
 * its counts, and the deletion checks those.
 */
export const removePlaces = (read: PlaceItem[]): Action[] =>
  read.map(({ pk, sk }) => ({ write: { Delete: { TableName: tableName, Key: { pk, sk } } } }));
