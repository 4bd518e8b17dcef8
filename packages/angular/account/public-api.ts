export { SecondFactors } from './second-factors';
