import type {Shape} from '../shape.ts';
import {IAM} from './answers-iam.ts';
import {ORGANIZATIONS} from './answers-organizations.ts';
import {SERVICES} from './answers-services.ts';
import {shapes as tables} from './table-shapes.ts';
import {WORKLOADS} from './answers-workloads.ts';

/** Answers of the AWS CLI. Each carries a field of its own name, so no two shapes accept one file. */
const answers = [...IAM, ...ORGANIZATIONS, ...WORKLOADS, ...SERVICES];

export const shapes: Shape[] = [...answers, ...tables];
