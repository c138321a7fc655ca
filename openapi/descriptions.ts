/* eslint-disable max-lines -- One table with a sentence for each schema and field, in the order of the document. */
/** What each schema and each of its fields means, in a sentence. */
import type { JsonSchema } from './json-schema';

const uniqueSlug = 'Its name in addresses: lower-case words joined by hyphens; unique.';
const slugFromName = `${uniqueSlug} Made from the name where it is absent.`;

/** Under the name of a schema, of a field, or of a field in one schema alone. */
const descriptions: Readonly<Record<string, string>> = {
  CategoryInput: 'A category to be created, or what one is to be replaced by.',
  CategoryChanges: 'The fields of a category that are to change.',
  ProductInput: 'A product to be created, or what one is to be replaced by.',
  ProductChanges: 'The fields of a product that are to change.',
  PriceInput: 'What the product is to cost.',
  PriceChanges: 'The parts of the price that are to change.',
  ProductRows: 'Products that are to be created or changed.',
  ProductRow: 'What one product is to be: the fields that PATCH takes, and which product is meant.',
  DeletionRows: 'Products that are to be deleted.',
  DeletionRow: 'One product that is to be deleted, by `id` or by `sku`.',
  Invitation: 'Who is to have an account, and in which group.',
  UserChanges: 'The fields of a user that are to change.',
  User: 'A user as they are now.',
  UserPage: 'Some users, and where to go on.',
  Group: 'A group of the user pool.',
  RowResults: 'What became of the rows.',
  RowResult: 'What became of one row; where it was rejected, `problem` says why.',
  RowAction: 'What was done.',
  RowProblem: 'Why a row was rejected: what a request about this product alone would have been answered.',
  RowProblemCode: 'Says for good which problem it is.',
  Price: 'What the product costs.',
  Attributes: 'Whatever else there is to say: up to 50 pairs of text.',
  AttributeChanges: 'Attributes that are to be set; `null` takes one away.',
  Currency: 'The code of a currency, as in ISO 4217.',
  ProductSort: 'By what products are sorted.',
  ProductStatus: 'Drafts and archived products are shown to members of `admin` alone.',
  Category: 'A category as it is now.',
  Product: 'A product as it is now.',
  CategoryWithPath: 'A category as it is now, and how one comes to it from the top.',
  CategoryTree: 'All categories, those at the top first, each with those below it.',
  CategoryNode: 'A category with those below it.',
  PathStep: 'A category on the way from the top.',
  CategoryPage: 'Some categories by slug, and where to go on.',
  ProductPage: 'Some products, newest first or as a search has them, and where to go on.',
  HistoryPage: 'Some of what was done to a record, newest first, and where to go on.',
  ChangePage: 'Some of what was done to any record, newest first, and where to go on.',
  RecordChange: 'One thing that was done, and the record that it was done to.',
  RecordKind: 'What kind of record it is.',
  HistoryEntry: 'One thing that was done to a record.',
  HistoryAction: 'What was done.',
  FieldChange:
    'What one field was before and what it is after; without a `before` it was not there, without an `after` it is no more.',
  FieldValue: 'Text, a whole number, or an object without fields.',
  EmptyObject: 'An object without fields: attributes, when there is none.',
  FieldError: 'One value of the request that cannot be accepted.',
  FieldErrorPlace: 'The part of the request that the value is in.',
  GatewayMessage: 'What API Gateway answers by itself, before a function starts.',
  InvalidRequest: 'Values in body, path, query or header cannot be accepted.',
  InvalidJson: 'The body is empty, not JSON or not UTF-8.',
  Forbidden: 'The caller is not in the group, or sent an ID token.',
  NotFound: 'There is no such product, category or user.',
  SkuTaken: 'Another product has the SKU.',
  SlugTaken: 'Another product or category has the slug.',
  CategoryInUse: 'Products still belong to the category.',
  CategoryHasChildren: 'There still are categories below it.',
  NotDeleted: 'The product to be restored has not been deleted.',
  AccountExists: 'The address has an account already.',
  AccountUnproved: 'Whoever has the account has not proved its address.',
  LastAdmin: 'There would be no admin left who can sign in.',
  StaleVersion: 'It has changed since the version in `If-Match`.',
  BodyTooLarge: 'The body is too large.',
  UnsupportedMediaType: '`Content-Type` is missing or another.',
  CategoryNotFound: 'The product names a category that does not exist.',
  ParentNotFound: 'The category that it is to be below does not exist.',
  CategoryCycle: 'The category that it is to be below is itself, or is below it.',
  CategoryTooDeep: 'It, or what is below it, would be beyond the eighth level.',
  TooManyCategories: 'There are more categories than one answer is made of.',
  IdempotencyKeyReused: 'The `Idempotency-Key` came with another body or route before.',
  PreconditionRequired: 'A PUT needs `If-Match`.',
  InternalError: 'A fault of ours; the log says which.',
  Busy: 'The database cannot keep up or be reached; `Retry-After` says when to try again.',

  id: 'Given by the server; a ULID.',
  name: 'What people call it.',
  slug: uniqueSlug,
  'CategoryInput.slug': slugFromName,
  'ProductInput.slug': slugFromName,
  description: 'Text of any number of lines.',
  parentId: 'The id of the category right above it; absent at the top.',
  'CategoryInput.parentId': 'The id of the category that it is to be below; at the top where it is absent or `null`.',
  'CategoryChanges.parentId': 'The id of the category that it is to be below; `null` moves it to the top.',
  'CategoryTree.items': 'The categories at the top, by slug.',
  children: 'The categories right below it, by slug.',
  subtreeProductCount: 'How many products are active in it and in all that is below it.',
  path: 'The categories from the top down to this one, which is the last.',
  productCount: 'How many of its products are active. Does not count as a change of the category.',
  sku: 'The stock keeping unit; unique.',
  amount: 'In minor units of the currency: 1999 is 19.99 in EUR, and 1999 in JPY, which has no smaller unit.',
  stockCount: 'How many are in stock.',
  'ProductInput.stockCount': 'How many are in stock; 0 where it is absent.',
  categoryId: 'The id of the category that it belongs to.',
  'ProductInput.status': '`active` where it is absent.',
  'ProductChanges.status': '`null` makes it active.',
  imageUrl: 'Where a picture of it is: an https address.',
  'ProductChanges.attributes': 'Whatever else there is to say; `null` takes all of it away.',

  rows: 'One for each product, 100 at most.',
  dryRun: 'Nothing is written; false where it is absent.',
  results: 'In the order of the rows.',
  action: 'What was done.',
  problem: 'Why it was rejected.',
  row: 'The position of the earlier row, from 0.',
  category: 'The slug of the category, in place of `categoryId`.',
  'ProductRow.id': 'The product to be changed; without it, the one that has the `sku`.',
  'ProductRow.sku': 'The stock keeping unit. With an `id` it is a new one; without, it says which product is meant.',
  'ProductRow.version':
    'The version that the change is based on: where it is another by now, a row that would change anything is rejected.',
  'ProductRow.slug': '`null`, or absent in a row that creates a product, makes one from the name.',
  'ProductRow.status': '`null`, or absent in a row that creates a product, makes it active.',
  replaceAttributes: 'Attributes that the row does not have are taken away; false where it is absent.',
  'ProductRow.attributes': 'Whatever else there is to say; `null` takes all of it away.',
  'DeletionRow.id': 'The product; without it, the one that has the `sku`.',
  'DeletionRow.version': 'The version that is to be deleted: the row is rejected where it is another by now.',
  'RowResult.id': 'The product; absent where a dry run would create it.',
  'RowResult.version': 'The version that the product has now.',

  sub: 'The id of the user, which records carry as their author.',
  email: 'The address, which is also the name at the sign-in.',
  emailVerified: 'Whether it has been shown that mail to the address reaches the user.',
  enabled: 'Whether the user may sign in.',
  groups: 'The groups that the user is in.',
  group: 'The group that the account is put into.',
  'Invitation.group': 'The group that the account is put into; `user` where it is absent.',
  'User.status': "Cognito's word, as in `CONFIRMED`; `FORCE_CHANGE_PASSWORD` until an invitation is taken up.",
  'User.createdAt': 'When the user signed up or was invited, in UTC.',

  version: 'Rises by one with each change: the `ETag` without its quotes.',
  'HistoryEntry.version': 'The version that this made of the record.',
  'RecordChange.version': 'The version that this made of the record.',
  'RecordChange.id': 'The id of the product or the category.',
  createdAt: 'When it was created, in UTC.',
  createdBy: 'Who created it: the `sub` of a user.',
  updatedAt: 'When it was last changed, in UTC.',
  updatedBy: 'Who changed it last: the `sub` of a user.',

  items: 'What is on this page; there may be fewer than `limit`, and more on the next page.',
  indexedAt: 'Of a search: when its index was brought up to date, in UTC.',
  nextToken: 'To be sent back for the next page; absent at the end of the list.',
  at: 'When, in UTC.',
  by: 'Who did it: the `sub` of a user.',
  changes: 'The fields that it changed.',
  pointer: 'Which value, as a JSON Pointer (RFC 6901).',

  ProductDetail: 'What was done to a product, and how readers see it now.',
  ProductGoneDetail: 'Who deleted a product, and what it was.',
  CategoryDetail: 'What was done to a category, and how readers see it now.',
  CategoryGoneDetail: 'Who deleted a category, and what it was.',
  eventId: 'The same however often the event is sent, and unlike that of any other.',
  shortened:
    'There where the event would be too long: `changes` have pointers alone then, and the record has to be read by its id.',
  'ProductDetail.product': 'The product as readers see it after the change; null where they see none, as with a draft.',
  'ProductGoneDetail.product': 'Null: it is deleted.',
  'CategoryDetail.category': 'The category after the change, without its count of products.',
  'CategoryGoneDetail.category': 'Null: it is deleted.',
  'ProductDetail.id': 'The id of the product.',
  'ProductGoneDetail.id': 'The id of the product.',
  'CategoryDetail.id': 'The id of the category.',
  'CategoryGoneDetail.id': 'The id of the category.',
  'ProductDetail.version':
    'The version that this made of it: of two events of one product, the one with the higher version counts.',
  'ProductGoneDetail.version': 'The version that this made of it.',
  'CategoryDetail.version':
    'The version that this made of it: of two events of one category, the one with the higher version counts.',
  'CategoryGoneDetail.version': 'The version that this made of it.',

  type: 'Nothing beyond what the status says (RFC 9457).',
  title: 'The name of the status.',
  status: 'The status of the answer.',
  detail: 'What is wrong, in a sentence.',
  code: 'Says for good which problem it is.',
  requestId: 'The request, as the log has it.',
  errors: 'What cannot be accepted, value by value.',
  field: 'The field that it is about.',
  value: 'What the field was to be.',
  currentVersion: 'The version that it has by now.',
  allProductCount: 'How many products belong to the category, of every status.',
  mostCategories: 'The most that one answer is made of.',
  childCount: 'How many categories are right below it.',
  message: 'What is wrong, in a word or two.',
};

/**
 * The schema with its description and those of its fields; a field that is of a named schema needs none of its own. Throws
 * where one is missing.
 */
export function describe(name: string, { properties, ...schema }: JsonSchema): JsonSchema {
  return {
    description: descriptionOf(name),
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([field, property]) => [field, describeField(name, field, property)]),
      ),
    }),
  };
}

function describeField(name: string, field: string, property: JsonSchema | boolean) {
  if (typeof property === 'boolean') throw new Error(`${name}.${field} is any value`);
  const own = descriptions[`${name}.${field}`];
  if (own === undefined && property.$ref !== undefined) return property;
  return { description: own ?? descriptionOf(field), ...property };
}

function descriptionOf(key: string): string {
  const description = descriptions[key];
  if (description === undefined) throw new Error(`Nothing is said of ${key} in openapi/descriptions.ts`);
  return description;
}
