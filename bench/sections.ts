/** Every section of docs/benchmarks.md, in the order of that page. Each is loaded when it is measured. */
import type { Section } from './section';

export const sections: Section[] = [
  {
    ...{ name: 'cold-start', title: 'Cold start', takes: '3 min' },
    measure: async () => (await import('./cold-start')).coldStart(),
  },
  { name: 'warm', title: 'Warm', takes: '6 min', measure: async () => (await import('./warm')).warm() },
  {
    ...{ name: 'contention', title: 'Contention', takes: '1 min' },
    measure: async () => (await import('./contention')).contention(),
  },
  { name: 'bulk', title: 'Bulk', takes: '2 min', measure: async () => (await import('./bulk')).bulk() },
  {
    ...{ name: 'throttled-bulk', title: 'Bulk on a throttled table', takes: '1 min' },
    measure: async () => (await import('./throttled-bulk')).throttledBulk(),
  },
  { name: 'import', title: 'Import', takes: '4 min', measure: async () => (await import('./imports')).imports() },
  { name: 'growth', title: 'Growth', takes: '2 min', measure: async () => (await import('./growth')).growth() },
  { name: 'tree', title: 'Tree of categories', takes: '1 min', measure: async () => (await import('./tree')).tree() },
  {
    ...{ name: 'siblings', title: 'Contention below one category', takes: '1 min' },
    measure: async () => (await import('./siblings')).siblings(),
  },
  { name: 'search', title: 'Search', takes: '4 min', measure: async () => (await import('./search')).search() },
  {
    ...{ name: 'freshness', title: 'Freshness of a search', takes: '1 min' },
    measure: async () => (await import('./freshness')).freshness(),
  },
  { name: 'cost', title: 'Cost', takes: '1 min', measure: async () => (await import('./cost')).cost() },
  { name: 'events', title: 'Events', takes: '3 min', measure: async () => (await import('./events')).events() },
  {
    ...{ name: 'local-stack', title: 'Local stack', takes: '1 min' },
    measure: async () => (await import('./local-stack')).localStack(),
  },
  { name: 'bundles', title: 'Bundles', takes: '1 min', measure: async () => (await import('./bundles')).bundles() },
  {
    ...{ name: 'console', title: 'The console', takes: '2 min', needs: 'Chromium' },
    measure: async () => (await import('./console')).timeConsole(),
  },
  {
    ...{ name: 'emulated-events', title: 'Events on the emulator', takes: '2 min', needs: 'Python 3.10' },
    measure: async () => (await import('./emulated-events')).emulatedEvents(),
  },
  {
    ...{ name: 'million', title: 'A million products', takes: '15 min', needs: '25 GB of disk and patience' },
    measure: async () => (await import('./million')).million(),
  },
  {
    ...{
      name: 'million-search',
      title: 'Search of a million products',
      takes: '25 min',
      needs: '25 GB of disk and patience',
    },
    measure: async () => (await import('./million-search')).millionSearch(),
  },
];
