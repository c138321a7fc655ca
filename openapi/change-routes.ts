/** What is particular to the route of all changes. */
import { changeQuery } from '../src/changes/parameters';
import { lag, ok, type Operation } from './operation';

/** Under the route keys of serverless.yml. */
export const changeRoutes: Readonly<Record<string, Operation>> = {
  'GET /admin/changes': {
    id: 'listChanges',
    tag: 'Changes',
    summary: 'List what was done to any record, newest first',
    description: `The histories of all products and categories as one list, deleted ones included. ${lag}`,
    query: changeQuery,
    status: ok,
    answer: 'ChangePage',
    errors: [],
  },
};
