/** What each kind of file holds: its columns in CSV, and the records in any format. */
import { categoryRecord, categoryTable } from './category-record';
import { productRecord } from './product-record';
import { productTable } from './product-table';

export const tables = { products: productTable, categories: categoryTable };
export const records = { products: productRecord, categories: categoryRecord };
