/** All categories, as a file. */
import { listCategories } from '../api/categories';
import { ExportButtons } from '../files/export-buttons';
import { arrived } from '../files/part';

export const CategoryExport = () => (
  <ExportButtons
    kind="categories"
    make={async (format) => {
      const { categoryFile } = await arrived(import('../files/export'));
      const categories = await listCategories();
      return { text: categoryFile(categories, format), count: categories.length };
    }}
  />
);
