/** How many there are of something, in words. */

const words = { row: 'rows', product: 'products', category: 'categories' };

export const countOf = (count: number, one: keyof typeof words): string => `${count} ${count === 1 ? one : words[one]}`;
