/** Categories as a search knows them: the words of their names, and which are below which. */
import { searchText } from './matcher';

/** Of a category, what a search must know. */
export interface SearchableCategory {
  id: string;
  name: string;
  parentId?: string | undefined;
}

export class Categories {
  /** By id, the name of each as it is looked through. */
  readonly texts = new Map<string, string>();
  private readonly parents = new Map<string, string>();

  set({ id, name, parentId }: SearchableCategory): void {
    this.texts.set(id, searchText(name));
    if (parentId === undefined) this.parents.delete(id);
    else this.parents.set(id, parentId);
  }

  delete(id: string): void {
    this.texts.delete(id);
    this.parents.delete(id);
  }

  /** The ids of a category and of all below it, as they are known: moves that belong together may not all be known yet. */
  subtree(id: string): ReadonlySet<string> {
    const children = new Map<string, string[]>();
    for (const [child, parent] of this.parents) {
      const siblings = children.get(parent);
      if (siblings) siblings.push(child);
      else children.set(parent, [child]);
    }
    const found = new Set([id]);
    // The loop also comes to what is added to the set meanwhile, and a set has nothing twice.
    for (const above of found) for (const child of children.get(above) ?? []) found.add(child);
    return found;
  }
}
