/**
 * The places of categories in the tree: sixteen beside each category's item, of which each process keeps to one. A place says
 * below what the category is, and how many have come below it by way of this place, level by level (decision 0016).
 */
import { tableName } from '../dynamodb/client';
import { querySection, type Key } from '../dynamodb/read';
import { newShares } from '../dynamodb/shares';
import { Contention, type Action } from '../dynamodb/transaction';
import type { Category } from './category';
import { categoryPartition } from './category-count-store';

const placeCount = 16;
export const places = newShares('BELOW', placeCount);

/** It comes when it is first passed, or when its category first moves: without either there is none. */
export interface PlaceItem extends Key {
  /** The id of the category above, or `top`; absent where the category has never moved. */
  parent?: string;
  /** How often it was written: tells whether it was since it was read. */
  writes: number;
  /** By the distance from the category. It alone may be below zero: what goes need not go where it came. */
  [below: `below${number}`]: number;
}

/** How many categories there are level by level, from one category downwards: itself, those right below it, and so on. */
export type Levels = number[];

type Placed = Pick<Category, 'id' | 'parentId'>;

const parentOf = ({ parentId }: Pick<Placed, 'parentId'>) => parentId ?? 'top';

/** The places of a category as the last acknowledged writes left them; while others write, of no one moment. */
export async function readPlaces(id: string): Promise<PlaceItem[]> {
  const section = { pk: categoryPartition(id), from: places.first, to: places.last, limit: placeCount };
  return (await querySection(section, (item: PlaceItem) => item)).items;
}

/** From the category of these places down to the lowest level that has any. */
export function levelsOf(own: PlaceItem[]): Levels {
  const below = Array.from({ length: 2 * placeCount }, (_, distance) =>
    own.reduce((sum, place) => sum + (place[`below${distance + 1}`] ?? 0), 0),
  );
  return [1, ...below.slice(0, below.findLastIndex((count) => count > 0) + 1)];
}

/** How many more there are below a category, by their distance from it. */
export type More = ReadonlyMap<number, number>;

/** Passes one place of a category, which counts what comes below; refused where the category is elsewhere. */
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

/** Has all places of a category say that it is elsewhere; refused where one has been passed, or moved, since they were read. */
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

/** Removes the places of a category that goes. What would come below it meanwhile, its counts keep it from. */
export const removePlaces = (read: PlaceItem[]): Action[] =>
  read.map(({ pk, sk }) => ({ write: { Delete: { TableName: tableName, Key: { pk, sk } } } }));
