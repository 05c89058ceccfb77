import type {Shape} from '../shape.ts';
import {macieShapes} from './macie.ts';
import {microsoftShapes} from './microsoft.ts';
import {sensitiveDataProtectionShapes} from './sensitive-data-protection.ts';

/** What data classifiers found, the most specific first. They list no inventory: the stores come from other files. */
export const shapes: Shape[] = [...macieShapes, ...sensitiveDataProtectionShapes, ...microsoftShapes];
