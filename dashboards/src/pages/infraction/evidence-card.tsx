import { ActionIcon, CopyButton } from '@mantine/core';
import type { Evidence } from '@wayside/contracts/infraction';
import { integer, shortHash } from '../../format/numbers.ts';
import { Card } from '../../parts/card.tsx';
import { Icon } from '../../parts/icon.tsx';
import { detail } from '../../words.ts';
import classes from './infraction-page.module.css';

/** The seal of the evidence, and how to check it without this page. */
export function EvidenceCard({
  infractionId,
  evidence: { seal, body },
}: {
  readonly infractionId: string;
  readonly evidence: Evidence;
}) {
  const file = (
    <a href={`/api/infractions/${infractionId}`} download={`infraction-${infractionId}.json`}>
      {detail.download}
    </a>
  );
  return (
    <Card title={detail.evidence} actions={file}>
      <p className={classes['note']}>{detail.evidenceText}</p>
      <dl className={classes['facts-list']}>
        <dt>{detail.bodyHash}</dt>
        <dd>
          <Hash value={seal.bodySha256} />
        </dd>
        <dt>{detail.linkHash}</dt>
        <dd>
          <Hash value={seal.linkSha256} />
        </dd>
        <dt>{detail.chain}</dt>
        <dd>
          {detail.chainPlace(seal.chain, integer(seal.position))}
          {seal.previousSha256 === null && <small>{detail.first}</small>}
        </dd>
        <dt>{detail.key}</dt>
        <dd>{seal.keyId}</dd>
        <dt>{detail.messages}</dt>
        <dd>{detail.messageCount(body.messages.length)}</dd>
        <dt>{detail.verify}</dt>
        <dd>
          {detail.verifyText}
          <code className={classes['command']}>{detail.verifyCommand}</code>
        </dd>
      </dl>
    </Card>
  );
}

function Hash({ value }: { readonly value: string }) {
  return (
    <span className={classes['hash']}>
      <code title={value}>{shortHash(value)}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={copied ? detail.copied : detail.copy}
            onClick={copy}
          >
            <Icon name={copied ? 'check' : 'copy'} size={14} />
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  );
}
