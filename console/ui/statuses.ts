/** The statuses of a product, as people read them. */
import type { ProductStatus } from '../api/client';

export const statuses: Readonly<Record<ProductStatus, string>> = {
  draft: 'Draft',
  active: 'Active',
  archived: 'Archived',
};

export const isStatus = (value: string): value is ProductStatus => Object.hasOwn(statuses, value);

export const statusOptions = Object.entries(statuses).map(([value, label]) => ({ value, label }));
