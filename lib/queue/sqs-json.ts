/**
 * The same JSON without the characters that SQS refuses (U+FFFE, U+FFFF) and embedded servers too (emoji):
 * they become `\uXXXX`. A message that is refused once is refused on every try.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 * @example sqsJson('{"name":"😀"}') // '{"name":"\\ud83d\\ude00"}'
 */
export function sqsJson(json: string): string {
  return json.replace(/[\ud800-\udfff\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}
