/** What each kind of file holds: its columns in CSV, and the records in any format. */
import { categoryRecord, categoryTable } from './category-record';
import { productRecord, productTable } from './product-record';

export const tables = { products: productTable, categories: categoryTable };
export const records = { products: productRecord, categories: categoryRecord };
