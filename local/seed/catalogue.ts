/* eslint-disable max-lines -- The catalogue itself, as data. */
/** What the local stack is filled with. */
import { moreCategories, type SeedCategory } from './more-products';

export const categories: SeedCategory[] = [
  {
    name: 'Coffee',
    slug: 'coffee',
    description: 'Whole beans, roasted twice a week.',
    products: [
      {
        sku: 'COF-ETH-250',
        name: 'Yirgacheffe, 250 g',
        description: 'A light roast from Ethiopia. Jasmine, bergamot, a finish of black tea.',
        price: {
          amount: 1290,
          currency: 'EUR',
        },
        stockCount: 64,
        attributes: {
          Origin: 'Ethiopia',
          Roast: 'light',
          Process: 'washed',
        },
      },
      {
        sku: 'COF-COL-250',
        name: 'Huila, 250 g',
        description: 'A medium roast from Colombia. Milk chocolate and red apple.',
        price: {
          amount: 1090,
          currency: 'EUR',
        },
        stockCount: 120,
        attributes: {
          Origin: 'Colombia',
          Roast: 'medium',
          Process: 'washed',
        },
      },
      {
        sku: 'COF-ESP-1000',
        name: 'House espresso, 1 kg',
        description: 'Brazil and India, roasted dark. Made for milk.',
        price: {
          amount: 2890,
          currency: 'EUR',
        },
        stockCount: 35,
        attributes: {
          Origin: 'Brazil, India',
          Roast: 'dark',
        },
      },
      {
        sku: 'COF-XMAS-250',
        name: 'Winter blend, 250 g',
        description: "Last winter's blend.",
        price: {
          amount: 1190,
          currency: 'EUR',
        },
        stockCount: 0,
        status: 'archived',
        attributes: {
          Origin: 'Guatemala, Kenya',
          Roast: 'medium',
        },
      },
    ],
  },
  {
    name: 'Tea',
    slug: 'tea',
    description: 'Loose leaves in tins.',
    products: [
      {
        sku: 'TEA-DAR-100',
        name: 'Darjeeling first flush, 100 g',
        description: 'Picked in March. Light, flowery, a little dry.',
        price: {
          amount: 1650,
          currency: 'EUR',
        },
        stockCount: 40,
        attributes: {
          Origin: 'India',
          Type: 'black',
        },
      },
      {
        sku: 'TEA-SEN-100',
        name: 'Sencha, 100 g',
        description: 'Steamed green tea from Kagoshima. Brew at 70 °C.',
        price: {
          amount: 1420,
          currency: 'EUR',
        },
        stockCount: 52,
        attributes: {
          Origin: 'Japan',
          Type: 'green',
        },
      },
      {
        sku: 'TEA-ROO-100',
        name: 'Rooibos, 100 g',
        price: {
          amount: 690,
          currency: 'EUR',
        },
        stockCount: 88,
        attributes: {
          Origin: 'South Africa',
          Type: 'herbal',
        },
      },
      {
        sku: 'TEA-GYO-50',
        name: 'Gyokuro, 50 g',
        description: 'Shaded for three weeks before the harvest. Photographs still to come.',
        price: {
          amount: 2400,
          currency: 'EUR',
        },
        status: 'draft',
        attributes: {
          Origin: 'Japan',
          Type: 'green',
        },
      },
    ],
  },
  {
    name: 'Brewing gear',
    slug: 'brewing-gear',
    description: 'Drippers, presses, kettles and grinders.',
    products: [
      {
        sku: 'GEAR-DRIP-02',
        name: 'Porcelain dripper, size 02',
        price: {
          amount: 2450,
          currency: 'EUR',
        },
        stockCount: 18,
        attributes: {
          Material: 'porcelain',
          Colour: 'white',
          Cups: '1 to 4',
        },
      },
      {
        sku: 'GEAR-PRESS-1L',
        name: 'French press, 1 l',
        description: 'Double-walled steel: the coffee stays warm, the table stays cool.',
        price: {
          amount: 4990,
          currency: 'EUR',
        },
        stockCount: 12,
        attributes: {
          Material: 'stainless steel',
          Volume: '1 l',
        },
      },
      {
        sku: 'GEAR-KETTLE-09',
        name: 'Gooseneck kettle, 0.9 l',
        description: 'Holds any temperature from 40 to 100 °C for an hour.',
        price: {
          amount: 12900,
          currency: 'EUR',
        },
        stockCount: 7,
        attributes: {
          Material: 'stainless steel',
          Volume: '0.9 l',
          Power: '1200 W',
        },
      },
    ],
  },
  {
    name: 'Grinders',
    slug: 'grinders',
    parent: 'brewing-gear',
    products: [],
  },
  {
    name: 'Hand grinders',
    slug: 'hand-grinders',
    parent: 'grinders',
    products: [
      {
        sku: 'GEAR-GRIND-H1',
        name: 'Hand grinder',
        price: {
          amount: 8900,
          currency: 'EUR',
        },
        stockCount: 0,
        status: 'draft',
        attributes: {
          Burrs: '38 mm, conical',
        },
      },
    ],
  },
  {
    name: 'Cups and mugs',
    slug: 'cups-and-mugs',
    products: [
      {
        sku: 'CUP-ESP-SET2',
        name: 'Espresso cups, set of two',
        price: {
          amount: 1950,
          currency: 'EUR',
        },
        stockCount: 26,
        attributes: {
          Material: 'stoneware',
          Volume: '80 ml',
        },
      },
      {
        sku: 'CUP-MUG-350',
        name: 'Everyday mug',
        description: 'Dishwasher-safe.',
        price: {
          amount: 1200,
          currency: 'EUR',
        },
        stockCount: 140,
        attributes: {
          Material: 'stoneware',
          Volume: '350 ml',
          Colour: 'blue',
        },
      },
    ],
  },
  ...moreCategories,
];
