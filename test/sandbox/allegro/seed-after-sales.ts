/** What the seeded shop promises after the sale. */
import type { AllegroUser } from './people.ts';
import type { Address } from './shop.ts';

export const seededWarranties = {
  /** With an attachment. */
  maker: '2e3a1f6c-7f0d-4d0f-9a55-0f6a4a3f7d11',
  lifetime: '593a71bd-91c5-4f3c-9c5e-0dc3c4a9c9a2',
  year: 'b6f5a0de-3a53-4b67-8c3f-6f2ed7a1b8c3',
} as const;

const address: Address = {
  name: 'Miód i Ule Bob',
  street: 'Polna 7',
  postCode: '60-166',
  city: 'Poznań',
  countryCode: 'PL',
};

export function seedAfterSales(shop: AllegroUser): void {
  shop.warranties.push(
    {
      id: seededWarranties.maker,
      name: 'Gwarancja producenta 24 miesiące',
      type: 'MANUFACTURER',
      individual: { period: 'P24M', lifetime: false },
      corporate: { period: 'P12M', lifetime: false },
      attachment: {
        id: '07ee5e36-afc7-41eb-af13-2df5c7f0b2d1',
        name: 'karta-gwarancyjna.pdf',
        url: 'https://after-sales.allegrostatic.com/attachments/07ee5e36-afc7-41eb-af13-2df5c7f0b2d1',
      },
      description: 'Zachowaj dowód zakupu.',
    },
    {
      id: seededWarranties.lifetime,
      name: 'Dożywotnia gwarancja na dłuta',
      type: 'SELLER',
      individual: { period: null, lifetime: true },
      corporate: { period: null, lifetime: true },
      attachment: null,
      description: null,
    },
    {
      id: seededWarranties.year,
      name: '12 miesięcy <b>bez pytań</b>',
      type: 'SELLER',
      individual: { period: 'P12M', lifetime: false },
      corporate: { period: 'P6M', lifetime: false },
      attachment: null,
      description: 'Dotyczy odzieży i książek.',
    },
  );
  seedReturns(shop);
  shop.impliedWarranties.push({
    id: '5f1cbf7e-6d5e-4e77-9d5b-7b0a6a2f0e77',
    name: 'Reklamacja: 2 lata',
    individual: { period: 'P2Y' },
    corporate: { period: 'P1Y' },
    address,
    description: 'Odpowiadamy w ciągu 14 dni.',
  });
}

function seedReturns(shop: AllegroUser): void {
  shop.returnPolicies.push(
    {
      id: '1b2c3d4e-0000-4f6a-8b9c-0d1e2f3a4b5c',
      name: 'Zwroty 14 dni',
      isFulfillment: false,
      availability: { range: 'FULL', restrictionCause: null },
      withdrawalPeriod: 'P14D',
      returnCost: { coveredBy: 'BUYER' },
      address,
      contact: { phoneNumber: '+48601000000', email: 'zwroty@miod.example' },
      options: {
        cashOnDeliveryNotAllowed: true,
        freeAccessoriesReturnRequired: false,
        refundLoweredByReceivedDiscount: false,
        businessReturnAllowed: false,
        collectBySellerOnly: false,
      },
    },
    {
      id: '1b2c3d4e-0001-4f6a-8b9c-0d1e2f3a4b5c',
      name: 'Miód: bez zwrotu',
      isFulfillment: false,
      availability: {
        range: 'DISABLED',
        restrictionCause: { name: 'SEALED_ITEM', description: 'Produkt zaplombowany' },
      },
      withdrawalPeriod: null,
      returnCost: null,
      address: null,
      contact: null,
      options: null,
    },
  );
}
