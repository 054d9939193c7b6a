/** Devices that are wrong too often. */
import { DeviceTrustList, TrustRequest } from '@wayside/contracts/http-cases';
import { Slug } from '@wayside/contracts/units';
import { Type } from 'typebox';
import { reportDevices, trustAgain } from '../../../app/cases/device-trust.ts';
import type { Api } from '../api.ts';
import { movingAnswers, officeAnswers } from '../office-answers.ts';
import type { OfficerAccess } from '../officer-access.ts';
import type { HttpServerOptions } from '../options.ts';
import { problem, ProblemError } from '../problem.ts';
import { CASE_ROLES } from './cases.ts';

const ByDevice = Type.Object({ device: Slug }, { additionalProperties: false });

export function deviceTrustRoutes(app: Api, { office }: HttpServerOptions, access: OfficerAccess): void {
  const { cases } = office.notices;
  const list = async (): Promise<DeviceTrustList> => ({ items: [...(await reportDevices(cases.database))] });
  app.get(
    '/api/device-trust',
    {
      schema: {
        tags: ['cases'],
        summary: 'How often each device was wrong, the worst first, and which are suspended',
        response: officeAnswers(DeviceTrustList, 'Devices on whose cases a person has decided.'),
      },
    },
    ({ headers }) => {
      access.need(headers, CASE_ROLES);
      return list();
    },
  );
  app.post(
    '/api/device-trust/:device',
    {
      schema: {
        tags: ['cases'],
        summary: 'Trust a suspended device again, after somebody has looked at it',
        params: ByDevice,
        body: TrustRequest,
        response: movingAnswers(DeviceTrustList, 'All devices, as they are now.'),
      },
    },
    async ({ headers, params: { device }, body: { note } }) => {
      const officer = access.need(headers, ['admin']);
      if (await trustAgain(cases, device, officer.id, note)) return list();
      throw new ProblemError(problem('case-refused', `"${device}" is not suspended.`));
    },
  );
}
