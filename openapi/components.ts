/** Every schema of the description that has a name: bodies, answers, problems, and what these are made of. */
import type * as z from 'zod/mini';
import { bulkDeletionInput, bulkInput, deletionRow, productRow } from '../src/bulk/rows';
import { categoryChanges, newCategory } from '../src/catalog/category';
import { newProduct } from '../src/catalog/product';
import { productChanges, productReplacement } from '../src/catalog/product-changes';
import { status } from '../src/catalog/product-parameters';
import { action, recordKind } from '../src/changes/parameters';
import { imageAlts, imageChange, imageType } from '../src/images/image-parameters';
import { newImage } from '../src/images/upload-parameters';
import { sort } from '../src/search/question';
import { group, invitation, userChanges } from '../src/users/parameters';
import { describe } from './descriptions';
import { imageAnswers, partsOfImageAnswers } from './image-representations';
import { toJsonSchema, type Direction, type JsonSchema, type NameOf } from './json-schema';
import { fieldError, fieldErrorPlace, problems } from './problems';
import {
  category,
  categoryNode,
  categoryPage,
  categoryTree,
  changePage,
  categoryWithPath,
  emptyObject,
  fieldChange,
  fieldValue,
  gatewayMessage,
  historyEntry,
  historyPage,
  innerNode,
  pathStep,
  product,
  productPage,
  recordChange,
  rowAction,
  rowProblem,
  rowProblemCode,
  rowResult,
  rowResults,
  user,
  userPage,
} from './representations';

type Schemas = Readonly<Record<string, z.core.$ZodType>>;

export const bodies = {
  CategoryInput: newCategory,
  CategoryChanges: categoryChanges,
  ProductInput: newProduct,
  ProductReplacement: productReplacement,
  ProductChanges: productChanges,
  ImageInput: newImage,
  ProductRows: bulkInput,
  DeletionRows: bulkDeletionInput,
  Invitation: invitation,
  UserChanges: userChanges,
};

export const answers = {
  Category: category,
  CategoryWithPath: categoryWithPath,
  CategoryTree: categoryTree,
  CategoryPage: categoryPage,
  Product: product,
  ProductPage: productPage,
  HistoryPage: historyPage,
  ChangePage: changePage,
  RowResults: rowResults,
  User: user,
  UserPage: userPage,
  ...imageAnswers,
};

const { price, attributes } = newProduct.shape;

/** What is in a price in a body is all that may be; in an answer there may be more some day. */
const named: Readonly<Record<Direction | 'both', Schemas>> = {
  request: {
    ...bodies,
    ProductRow: productRow,
    DeletionRow: deletionRow,
    PriceInput: price,
    PriceChanges: content(productChanges.shape.price),
    ImageChange: imageChange,
    ImageAlts: imageAlts,
    PreviewInput: content(newImage.shape.preview),
    AttributeChanges: content(productChanges.shape.attributes),
  },
  answer: {
    ...answers,
    PathStep: pathStep,
    CategoryNode: categoryNode,
    Price: price,
    RowResult: rowResult,
    RowAction: rowAction,
    RowProblem: rowProblem,
    RowProblemCode: rowProblemCode,
    HistoryEntry: historyEntry,
    RecordChange: recordChange,
    FieldChange: fieldChange,
    FieldValue: fieldValue,
    EmptyObject: emptyObject,
    ...partsOfImageAnswers,
    ...problems,
    FieldError: fieldError,
    FieldErrorPlace: fieldErrorPlace,
    GatewayMessage: gatewayMessage,
  },
  both: {
    Attributes: content(attributes),
    Currency: price.shape.currency,
    ProductStatus: status,
    ImageType: imageType,
    HistoryAction: action,
    RecordKind: recordKind,
    ProductSort: sort,
    Group: group,
  },
};

/** What a field holds when it is there and not null. */
function content(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod;
  return 'innerType' in def ? content(def.innerType as z.core.$ZodType) : schema;
}

const namesOf = (direction: Direction) =>
  new Map([...Object.entries(named[direction]), ...Object.entries(named.both)].map(([name, schema]) => [schema, name]));
const names = { request: namesOf('request'), answer: namesOf('answer').set(innerNode, 'CategoryNode') };

export const nameOf: NameOf = (schema, direction) => names[direction].get(schema);

/** Under their names. */
export function componentSchemas(): Record<string, JsonSchema> {
  const convert = (schemas: Schemas, direction: Direction) =>
    Object.entries(schemas).map(([name, schema]) => [name, describe(name, toJsonSchema(schema, direction, nameOf))]);
  return Object.fromEntries([
    ...convert(named.request, 'request'),
    ...convert(named.both, 'request'),
    ...convert(named.answer, 'answer'),
  ]) as Record<string, JsonSchema>;
}
