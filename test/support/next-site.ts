/** A shop in Next.js whose pages are kept until they are revalidated: what a visitor sees there, and what he should see. */
import type { Product } from './representations';

const listPath = '/products';
const pathOf = (slug: string) => `/products/${slug}`;

export class Site {
  /** What a visitor gets. */
  private readonly kept = new Map<string, string>();
  /** What a page made now would be, of all that there ever were; `404` where there is no product. */
  private readonly now = new Map<string, string>();

  /** The catalogue is this now. A visitor looks at every page, and what is not kept is made. */
  visit(products: Product[]): void {
    for (const path of this.now.keys()) this.now.set(path, '404');
    for (const product of products) this.now.set(pathOf(product.slug), JSON.stringify(product));
    this.now.set(listPath, JSON.stringify(products));
    this.lookAround();
  }

  /** A visitor looks at every page once more. */
  lookAround(): void {
    for (const [path, made] of this.now) if (!this.kept.has(path)) this.kept.set(path, made);
  }

  /** The pages that are not what they should be. */
  stale(): string[] {
    return [...this.kept].filter(([path, made]) => made !== this.now.get(path)).map(([path]) => path);
  }

  /** Next.js, API reference, `revalidatePath`: one page, or with `page` all of a route. */
  readonly revalidatePath = (path: string, type?: 'page'): void => {
    if (type === undefined) {
      this.kept.delete(path);
      return;
    }
    if (path !== '/products/[slug]') throw new Error(`There is no route ${path}`);
    for (const kept of this.kept.keys()) if (kept !== listPath) this.kept.delete(kept);
  };
}
