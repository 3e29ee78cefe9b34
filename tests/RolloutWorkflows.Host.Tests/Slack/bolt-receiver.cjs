// Slack's own receiver on a free loopback port, which it prints; ends when its standard input does.
const { App, HTTPReceiver, LogLevel } = require('@slack/bolt');

const receiver = new HTTPReceiver({ signingSecret: process.env.SIGNING_SECRET, logLevel: LogLevel.ERROR });
// Given rather than a token, which would be asked about at Slack.
const authorize = async () => ({ botToken: 'xoxb-none', botId: 'B0', botUserId: 'U0' });
const app = new App({ receiver, authorize, logLevel: LogLevel.ERROR });
app.command('/rollout', async ({ ack }) => ack('taken'));
app.action(/^rollout\./, async ({ ack }) => ack());

(async () => {
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  console.log(server.address().port);
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
})();
