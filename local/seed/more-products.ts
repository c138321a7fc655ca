/** Enough products, in several scripts, for a search to be worth it. */
import type { Schemas } from '../../deployment/routes';

export type SeedCategory = Omit<Schemas['CategoryInput'], 'parentId'> & {
  slug: string;
  /** The slug of the category above, which comes first. */
  parent?: string;
  products: Omit<Schemas['ProductInput'], 'categoryId'>[];
};

type Row = [sku: string, name: string, amount: number, stockCount: number, status?: 'draft' | 'archived'];

const category = (name: string, slug: string, rows: Row[]): SeedCategory => ({
  name,
  slug,
  products: rows.map(([sku, title, amount, stockCount, status]) => {
    return { sku, name: title, price: { amount, currency: 'EUR' }, stockCount, ...(status && { status }) };
  }),
});

export const moreCategories: SeedCategory[] = [
  category('Fine teas', 'fine-teas', [
    ['LEAF-DAR-100', 'Darjeeling first flush, 100 g', 1490, 32],
    ['LEAF-ASS-100', 'Assam, 100 g', 990, 80],
    ['LEAF-EARL-100', 'Earl Grey, 100 g', 890, 120],
    ['LEAF-SEN-100', 'Sencha 煎茶, 100 g', 1390, 41],
    ['LEAF-MAT-30', 'Matcha 抹茶, 30 g', 2490, 18],
    ['LEAF-GYO-50', 'Gyokuro 玉露, 50 g', 2890, 9],
    ['LEAF-LON-100', 'Longjing 龙井, 100 g', 2190, 14],
    ['LEAF-PUE-357', 'Pu’er 普洱, 357 g', 3990, 6],
    ['LEAF-ROO-100', 'Rooibos, 100 g', 690, 95],
    ['LEAF-PEP-50', 'Peppermint, 50 g', 590, 70],
    ['LEAF-CAM-50', 'Camomile, 50 g', 590, 64],
    ['LEAF-XMAS-100', 'Winter tea, 100 g', 890, 0, 'archived'],
  ]),
  category('Tableware', 'tableware', [
    ['DISH-MUG-RED', 'Red mug', 1200, 40],
    ['DISH-MUG-BLUE', 'Blue mug', 1200, 52],
    ['DISH-MUG-LARGE', 'Large mug, red and white', 1650, 12],
    ['DISH-MUG-TRAVEL', 'Travel mug with lid', 2450, 33],
    ['DISH-BOWL-MUSLI', 'Müslischale', 1450, 28],
    ['DISH-BOWL-CHAWAN', '抹茶碗 (chawan)', 5900, 4],
    ['DISH-CUP-KOHI', 'コーヒーカップ', 1850, 16],
    ['DISH-CUP-CREME', 'Tasse à café crème', 1350, 22],
    ['DISH-POT-SMALL', 'Small teapot', 3200, 11],
    ['DISH-POT-LARGE', 'Large teapot', 4200, 8],
    ['DISH-POT-TETSUBIN', 'Tetsubin 鉄瓶', 12900, 2],
    ['DISH-PLATE-20', 'Plate, 20 cm', 1100, 75],
    ['DISH-SPOON-6', 'Teaspoons, set of six', 1890, 30],
    ['DISH-TRAY-OAK', 'Tray of oak', 3900, 7, 'draft'],
  ]),
  category('Breakfast', 'breakfast', [
    ['FOOD-MUSLI-750', 'Basler Müsli, 750 g', 790, 60],
    ['FOOD-MUSLI-NUT', 'Nussmüsli, 500 g', 690, 44],
    ['FOOD-HONEY-500', 'Μέλι θυμαρίσιο (thyme honey), 500 g', 1490, 25],
    ['FOOD-JAM-PLUM', 'Śliwkowe powidła (plum butter), 300 g', 650, 31],
    ['FOOD-JAM-LING', 'Lingonsylt, 400 g', 590, 38],
    ['FOOD-CHOC-70', 'Dark chocolate, 70 %', 390, 150],
    ['FOOD-CHOC-MILK', 'Milk chocolate', 350, 170],
    ['FOOD-DRINK-CHOC', 'Drinking chocolate, 250 g', 950, 35],
    ['FOOD-BISCUIT', 'Smørkager', 490, 48],
    ['FOOD-STOLLEN', 'Stollen', 1690, 0, 'archived'],
  ]),
];
