import { Uuid } from '@wayside/contracts/units';
import { Type } from 'typebox';

export const ById = Type.Object({ id: Uuid }, { additionalProperties: false });
