/** The users of `npm start -- --seed`, known to everyone who has this project: for the local stack alone. */

export const admin = { email: 'admin@example.com', password: 'Local-admin-1', groups: ['user', 'admin'] };
const shopper = { email: 'shopper@example.com', password: 'Local-shopper-1', groups: ['user'] };

export const seedUsers = [admin, shopper];
export type SeedUser = typeof admin;
