import type {Shape} from '../shape.ts';
import {IAM} from './answers-iam.ts';
import {IDENTITY_CENTER} from './answers-identity-center.ts';
import {ORGANIZATIONS} from './answers-organizations.ts';
import {RESOURCE_POLICIES} from './answers-policies.ts';
import {SERVICES} from './answers-services.ts';
import {bundleShape} from './bundle.ts';
import {shapes as tables} from './table-shapes.ts';
import {WORKLOADS} from './answers-workloads.ts';

/** Answers of the AWS CLI. Each carries a field of its own name, so no two shapes accept one file. */
const answers = [
  ...IAM,
  ...ORGANIZATIONS,
  ...IDENTITY_CENTER,
  ...RESOURCE_POLICIES,
  ...WORKLOADS,
  ...SERVICES,
];

export const shapes: Shape[] = [...answers, bundleShape(answers), ...tables];
