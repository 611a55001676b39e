export type {
  Attachment,
  AttachmentSource,
  NotificationContext,
  NotificationSpec,
  NotificationsSpec,
  PeopleSource,
  Person,
  PersonSource,
  TextSource,
} from './declaration.ts';
export { defineNotifications } from './define-notifications.ts';
export { errors } from './errors.ts';
