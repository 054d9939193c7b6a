/** One account, for who knows its id. There is no list of accounts. */
import { AccountView } from '@wayside/contracts/http';
import { AccountId } from '@wayside/contracts/tokens';
import { Type } from 'typebox';
import { findAccount } from '../../../app/queries/account.ts';
import type { Api } from '../api.ts';
import type { HttpServerOptions } from '../options.ts';
import { notFound } from '../problem.ts';
import { answers } from '../responses.ts';

const ById = Type.Object({ id: AccountId }, { additionalProperties: false });

export function accountRoutes(app: Api, { database }: HttpServerOptions): void {
  app.get(
    '/api/accounts/:id',
    {
      schema: {
        tags: ['ledger'],
        summary: 'One account with its points and its newest moves',
        params: ById,
        response: answers(AccountView, 'The account.', 'No account has this id.'),
      },
    },
    async ({ params }) => {
      const account = await findAccount(database, params.id);
      if (!account)
        throw notFound('No account has this id; an account is opened when points are first held from it.');
      return account;
    },
  );
}
