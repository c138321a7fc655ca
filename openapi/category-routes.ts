/** What is particular to each route of categories. */
import { categoryQuery } from '../src/catalog/category';
import { historyQuery } from '../src/catalog/history';
import { created, history, lag, noContent, ok, patch, put, type Operation } from './operation';

/** Under the route keys of serverless.yml. */
export const categoryRoutes: Readonly<Record<string, Operation>> = {
  'POST /categories': {
    id: 'createCategory',
    tag: 'Categories',
    summary: 'Create a category',
    body: 'CategoryInput',
    repeatable: true,
    status: created,
    answer: 'Category',
    errors: ['slug_taken', 'parent_not_found', 'category_too_deep'],
  },
  'GET /categories': {
    id: 'listCategories',
    tag: 'Categories',
    summary: 'List categories by slug',
    description: lag,
    query: categoryQuery,
    status: ok,
    answer: 'CategoryPage',
    errors: [],
  },
  'GET /categories/{categoryId}': {
    id: 'getCategory',
    tag: 'Categories',
    summary: 'Read a category',
    status: ok,
    answer: 'CategoryWithPath',
    errors: [],
  },
  'PUT /categories/{categoryId}': {
    id: 'replaceCategory',
    tag: 'Categories',
    summary: 'Replace a category',
    description: put,
    body: 'CategoryInput',
    ifMatch: 'required',
    status: ok,
    answer: 'Category',
    errors: ['slug_taken', 'parent_not_found', 'category_cycle', 'category_too_deep'],
  },
  'PATCH /categories/{categoryId}': {
    id: 'patchCategory',
    tag: 'Categories',
    summary: 'Change fields of a category',
    description: patch,
    body: 'CategoryChanges',
    ifMatch: 'heeded',
    status: ok,
    answer: 'Category',
    errors: ['slug_taken', 'parent_not_found', 'category_cycle', 'category_too_deep'],
  },
  'DELETE /categories/{categoryId}': {
    id: 'deleteCategory',
    tag: 'Categories',
    summary: 'Delete a category that has no products, and none below it',
    description: 'Products of every status keep it; `productCount` of a category counts the active ones alone.',
    ifMatch: 'heeded',
    status: noContent,
    errors: ['category_has_children', 'category_in_use'],
  },
  'GET /admin/categories/{categoryId}/history': {
    id: 'listCategoryHistory',
    tag: 'Categories',
    summary: 'List what was done to a category',
    description: history,
    query: historyQuery,
    status: ok,
    answer: 'HistoryPage',
    errors: [],
  },
};
