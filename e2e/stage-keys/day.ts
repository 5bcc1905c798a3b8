/** A day on the line, from opening to night, in one story; and an hour on a line with Flex. */
import type { Script } from "@support-line/conversation-test";

export const day: Script = async ({ tells, customer, person, clock }) => {
  const [ada, ben, cleo, second] = [person("ada"), person("ben"), person("cleo"), person("second")];

  tells("Monday, ten in the morning. A customer has a question.");
  await customer.says("my parcel is late");
  await customer.says("help me");
  await customer.hears("Somebody is here.");
  await ada.hears("Before you came:\n> my parcel is late\n> help me", "Somebody is here.");
  await ada.says("It leaves today, sorry!");
  await customer.hears("It leaves today, sorry!");

  tells("Ada is busy when the next customer writes, and it is about a bill: Cleo's queue.");
  await second.says("my bill");
  await second.hears("Somebody is here.");
  await cleo.hears(/my bill/, "Somebody is here.");
  await cleo.says("Which month?");
  await second.hears("Which month?");
  await person("third").says("My bill");
  await person("third").hears("Nobody is free; you hear from us.");
  await second.says("November");
  await cleo.hears("November");
  await cleo.says("that was it");
  await second.hears("that was it", "They have left.");
  await person("third").hears("Somebody is free now.", "Somebody is here.");
  await cleo.hears(/My bill/, "Somebody is free now.", "Somebody is here.");
  await cleo.says("Yours is paid. that was all");
  await person("third").hears("Yours is paid. that was all");

  tells("The parcel turns out to be a question of money: Ada hands over, and is free again.");
  await cleo.says("that was it");
  await person("third").hears("that was it", "They have left.");
  await ada.says("my bill");
  await customer.hears("my bill", "Somebody is here.");
  await cleo.hears(/parcel is late/, "Somebody is here.");
  await cleo.says("I refund the postage");
  await customer.hears("I refund the postage");
  await customer.says("goodbye");
  await customer.hears("Goodbye.");
  await cleo.hears("goodbye", "Goodbye.");

  tells("Noon. Ada went for lunch and is silent; after ten minutes Ben is asked.");
  await clock.passes({ hours: 2 });
  await second.says("help me");
  await second.hears("Somebody is here.");
  await ada.hears(/help me/, "Somebody is here.");
  await clock.passes({ minutes: 11 });
  await second.hears("Somebody else is here.");
  await ben.hears(/help me/, "Somebody else is here.");
  await ben.says("Ben here");
  await second.hears("Ben here");
  await ben.says("that was it");
  await second.hears("that was it", "They have left.");
  await ada.hearsNothing();

  tells("Evening, half past six. Nobody is there; the customer reads when somebody is.");
  await clock.passes({ hours: 6, minutes: 19 });
  await customer.says("help me");
  await customer.hears("We are back Tuesday, 09:00.");

  tells("Tuesday, nine: nothing was lost.");
  await clock.passes({ hours: 14, minutes: 31 });
  await customer.hears("Somebody is here.");
  await ada.hears("Before you came:\n> help me", "Somebody is here.");
  await ada.says("Good morning");
  await customer.hears("Good morning");
};

/** The same line with Flex, where nobody takes the Task. */
export const flexHour: Script = async ({ tells, customer, clock }) => {
  tells("The next line hands over to Flex. A customer waits in its queue, and no agent takes the Task.");
  await customer.says("my parcel is late");
  await customer.says("help me");
  await customer.hears("Flex it is.");
  await customer.says("hello?");
  await customer.hearsNothing();
  tells("After twenty minutes TaskRouter gives up, and the customer is put back into the queue.");
  await clock.passes({ minutes: 20 });
  await customer.hears("They have been asked.");
  tells("After twenty more the customer is told, and the Conversation ends: none stays open.");
  await clock.passes({ minutes: 20 });
  await customer.hears("Nobody is free; you hear from us.");
  tells("Their next message opens a new one.");
  await customer.says("help me");
  await customer.hears("Flex it is.");
};
