export { type FaultKind, faultKinds } from './chance/fault-kinds.ts';
export type { InboundPlan } from './chance/scenario.ts';
export { errors } from './errors.ts';
export { runSeed, type SeedOptions, type SeedResult } from './run-seed.ts';
export type { Plant, PlantTools } from './world/plant.ts';
