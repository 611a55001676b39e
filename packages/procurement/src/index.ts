export { placesOfCurrency } from './exact/currency.ts';
export { add, compare, divide, fixed, multiply, placesOf, readExact, subtract, wholeDigitsOf } from './exact/exact.ts';
