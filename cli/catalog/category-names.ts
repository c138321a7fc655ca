/** The names of all categories, for products that name theirs. */
import type { Routes } from '../../deployment/routes';
import { categoriesOf, readList } from './api/pages';
import { collect } from './collect';
import { storedCategory } from './files/category-record';
import { categoryNames, type CategoryNames } from './files/category-names';

export const readCategoryNames = async (routes: Routes): Promise<CategoryNames> =>
  categoryNames(await collect(readList(categoriesOf(routes), storedCategory)));
