import type { Mailer } from '../../lib/message/email/mailer.ts';

/* Ways in which our own code could break a promise. A run that does not report one of them checks nothing. */

/** Sends every email twice. */
export function sendTwice(mailer: Mailer): Mailer {
  return {
    async send(mail) {
      await mailer.send(mail);
      return mailer.send(mail);
    },
  };
}

/** Says of the first alert that it was sent, and sends nothing. */
export function loseFirstAlert(mailer: Mailer): Mailer {
  let isLost = false;
  return {
    async send(mail) {
      if (isLost || mail.alertIds.length === 0) return mailer.send(mail);
      isLost = true;
      return 'ses-lost';
    },
  };
}
