/** The optional fields that may be asked for. */
import type { Generation } from '../field-names.ts';
import { fieldNames } from '../field-names.ts';

const words = (text: string): string[] => text.split(' ');

export function postFields(generation: Generation): string[] {
  const { editHistory, referenced } = fieldNames[generation];
  return [
    ...words(
      'attachments author_id context_annotations conversation_id created_at edit_controls entities geo id',
    ),
    ...words(
      'in_reply_to_user_id lang note_tweet possibly_sensitive public_metrics reply_settings source text',
    ),
    ...words('withheld'),
    editHistory,
    referenced,
  ];
}

export function userFields(generation: Generation): string[] {
  return [
    ...words('created_at description entities id location name pinned_tweet_id profile_image_url protected'),
    ...words('public_metrics url username verified verified_type withheld'),
    fieldNames[generation].mostRecent,
  ];
}
