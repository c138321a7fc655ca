/** Where the list of products is, as it was filtered last: whoever is done with a product goes on there. */
let last = '';

export const rememberFilter = (search: string): void => void (last = search);

export const listAddress = (): string => `/products${last === '' ? '' : `?${last}`}`;
