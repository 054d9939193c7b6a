import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineCache } from '../../support/engines/engine.ts';
import { endsWithUs } from '../../support/engines/ends-with-us.ts';
import { plainTable, type Subject, type Surroundings } from './subject.ts';

const program = (): string => join(engineCache('telegraf-1.37.2'), 'telegraf');

/** A persistent session makes it acknowledge what the output has written, and nothing else. */
const settings = ({ databaseUrl, mqttUrl }: Surroundings): string => `
[agent]
  interval = "1s"
  flush_interval = "100ms"
  metric_batch_size = 1000
  metric_buffer_limit = 100000
  omit_hostname = true
  quiet = true
[[inputs.mqtt_consumer]]
  servers = ["${mqttUrl.replace('mqtt:', 'tcp:')}"]
  topics = ["wayside/#"]
  qos = 1
  persistent_session = true
  client_id = "telegraf"
  max_undelivered_messages = 10000
  name_override = "message"
  data_format = "value"
  data_type = "string"
[[outputs.postgresql]]
  connection = "${databaseUrl}"
  create_templates = []
  add_column_templates = []
`;

export const telegraf: Subject = {
  name: 'Telegraf 1.37',
  how: 'mqtt_consumer (persistent session, value parser: nothing is checked) → postgresql (COPY), flush 100 ms',
  lacks: () => (existsSync(program()) ? undefined : 'Telegraf (npm run peers; needs Go)'),
  prepare: plainTable.prepare,
  start: (around) => {
    const file = join(around.folder, 'telegraf.conf');
    writeFileSync(file, settings(around));
    const child = spawn(program(), ['--config', file], { stdio: 'ignore' });
    endsWithUs(child);
    return Promise.resolve(child);
  },
  rows: plainTable.rows,
};
