/** Texts of many items as one, which is looked through at once: most of them have nothing to do with a word. */
export class TextPack<Item> {
  private readonly text: string;
  /** Where the text of each item begins, and at last where all of them end. */
  private readonly begins: readonly number[];

  /** Each text begins and ends with a character that no word has. */
  constructor(
    private readonly items: readonly Item[],
    texts: readonly string[],
  ) {
    this.text = texts.join('');
    let end = 0;
    this.begins = [0, ...texts.map(({ length }) => (end += length))];
  }

  /** The items that have the word, with their texts; none if one of the other words is in none of the texts. */
  *having(word: string, others: readonly string[]): Generator<[item: Item, text: string]> {
    let number = 0;
    const first = this.text.indexOf(word);
    if (first === -1 || !others.every((other) => this.text.includes(other))) return;
    for (let at = first; at !== -1; at = this.text.indexOf(word, this.begins[number])) {
      while ((this.begins[number + 1] ?? Infinity) <= at) number += 1;
      const found = this.at(number);
      if (!found) return;
      yield found;
      number += 1;
    }
  }

  *all(): Generator<[item: Item, text: string]> {
    for (let number = 0; ; number += 1) {
      const found = this.at(number);
      if (!found) return;
      yield found;
    }
  }

  private at(number: number): [item: Item, text: string] | undefined {
    const item = this.items[number];
    return item && [item, this.text.slice(this.begins[number], this.begins[number + 1])];
  }
}
