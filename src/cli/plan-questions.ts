import type {PlanQuestions} from '../model/questions.ts';

/**
 * What a written plan tells beyond itself, where it takes a fraction of a second: small estates get all of it, large ones
 * less or nothing. `bulkhead tradeoffs` and `bulkhead explain` look further.
 */
export const PLAN_QUESTIONS: PlanQuestions = {
  front: {work: 3e5, plans: 40},
  weights: {work: 3e5},
  flips: {work: 3e5},
};
