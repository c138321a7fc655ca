/** The access policy: who is told apart, and which routes each may use. Whatever enforces it is made from this file. */

/** The groups of the user pool. With the authorizer `iam`, who is in several has the role of the lowest `precedence`. */
export const groups = {
  admin: { description: 'May change the catalogue', precedence: 0 },
  user: { description: 'May read the catalogue; joined by confirming a sign-up', precedence: 100 },
} as const satisfies Record<string, { description: string; precedence: number }>;
export type Group = keyof typeof groups;

/** The groups that have a level; one of them is enough. */
export const levels = {
  admin: ['admin'],
  user: ['user', 'admin'],
} as const satisfies Record<string, readonly Group[]>;
export type Level = keyof typeof levels;

/** Every route of the API, under its route key. A route that is not here is open to nobody. */
export const policy: Readonly<Record<string, Level>> = {
  'POST /categories': 'admin',
  'PUT /categories/{categoryId}': 'admin',
  'PATCH /categories/{categoryId}': 'admin',
  'DELETE /categories/{categoryId}': 'admin',
  'POST /products': 'admin',
  'PUT /products/{productId}': 'admin',
  'PATCH /products/{productId}': 'admin',
  'DELETE /products/{productId}': 'admin',
  'GET /categories': 'user',
  'GET /categories/tree': 'user',
  'GET /categories/{categoryId}': 'user',
  'GET /products': 'user',
  'GET /products/{productId}': 'user',
  'GET /admin/products': 'admin',
  'GET /admin/products/{productId}': 'admin',
  'GET /admin/products/{productId}/history': 'admin',
  'POST /admin/products/{productId}/restore': 'admin',
  'POST /admin/products/{productId}/images': 'admin',
  'GET /admin/products/{productId}/images': 'admin',
  'POST /admin/products/bulk': 'admin',
  'POST /admin/products/bulk-delete': 'admin',
  'GET /admin/categories/{categoryId}/history': 'admin',
  'GET /admin/changes': 'admin',
  'GET /admin/users': 'admin',
  'POST /admin/users': 'admin',
  'GET /admin/users/{sub}': 'admin',
  'PUT /admin/users/{sub}/groups/{group}': 'admin',
  'DELETE /admin/users/{sub}/groups/{group}': 'admin',
  'PATCH /admin/users/{sub}': 'admin',
  'POST /admin/users/{sub}/sign-out': 'admin',
};

/** The groups that each route lets in, under its route key. */
export const allowedGroups: Readonly<Record<string, readonly Group[]>> = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ Object.entries(policy).map(([routeKey, level]) => [routeKey, levels[level]]),
);
