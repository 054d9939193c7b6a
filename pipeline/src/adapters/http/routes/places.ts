/** Sites and the devices that watch them. */
import { DeviceList, ListQuery, SiteList, SiteView } from '@wayside/contracts/http';
import { Slug } from '@wayside/contracts/units';
import { Type } from 'typebox';
import { parseNameCursor } from '../../../app/queries/cursor.ts';
import { listDevices } from '../../../app/queries/devices.ts';
import { findSite, listSites } from '../../../app/queries/sites.ts';
import { DEFAULT_LIMIT } from '../../../app/queries/time-range.ts';
import type { Api } from '../api.ts';
import type { HttpServerOptions } from '../options.ts';
import { invalidQuery, notFound } from '../problem.ts';
import { answers } from '../responses.ts';

const ById = Type.Object({ id: Slug }, { additionalProperties: false });

export function placeRoutes(app: Api, { database }: HttpServerOptions): void {
  app.get(
    '/api/sites',
    {
      schema: {
        tags: ['places'],
        summary: 'Sites in their newest geometry, by id',
        querystring: ListQuery,
        response: answers(SiteList, 'A page; `next` asks for the one after.'),
      },
    },
    ({ query }) => listSites(database, pageAfter(query)),
  );
  app.get(
    '/api/sites/:id',
    {
      schema: {
        tags: ['places'],
        summary: 'One site in its newest geometry',
        params: ById,
        response: answers(SiteView, 'The site.', 'No site has this id.'),
      },
    },
    async ({ params }) => {
      const site = await findSite(database, params.id);
      if (!site) throw notFound(`No site has the id "${params.id}". GET /api/sites lists those there are.`);
      return site;
    },
  );
  app.get(
    '/api/devices',
    {
      schema: {
        tags: ['places'],
        summary: 'Devices as they were last heard of, by id',
        querystring: ListQuery,
        response: answers(DeviceList, 'A page; `next` asks for the one after.'),
      },
    },
    ({ query }) => listDevices(database, pageAfter(query)),
  );
}

function pageAfter({ cursor, limit = DEFAULT_LIMIT }: ListQuery) {
  const after = cursor === undefined ? undefined : parseNameCursor(cursor);
  if (cursor !== undefined && after === undefined)
    throw invalidQuery('cursor', 'is not the `next` of a page of this list');
  return { after, limit };
}
