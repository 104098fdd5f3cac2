/** What is read in the settings of webhooks. */

// In several places
export const secret = "secret";

// Deliveries
export const deliveriesTo = (name: string) => `Deliveries to ${name}`;
export const show = "Show";
export const all = "All";
export const lookAgain = "Look again";
export const theDeliveries = "The deliveries";
export const nothingLately = "Nothing in the last 30 days.";
export const noneOfThese = "None of these.";
export const showOlderOnes = "Show older ones";
export const itSaid = (answer: string) => `It said: ${answer}`;
export const sendAgain = "Send again";
export const sendAgainNamed = (type: string, moment: string) => `Send again ${type} of ${moment}`;

// TypesFields
export const itHearsOf = "It hears of";
export const everythingHappening = "Everything that happens in your account";
export const onlySomeOfIt = "Only some of it";
export const onlySomeOf = (about: string) => `Only some of ${about.toLowerCase()}`;

// WebhookCard
export const hearsOf = (types: string) => `Hears of: ${types}.`;
export const formerSecretUntil = (moment: string) => `The former secret still signs until ${moment}.`;
export const itsNewSecret = "Its new secret";
export const bothSign =
  "For a day the former one signs beside it, so that you can change it without losing anything. It is not shown again.";
export const editName = (name: string) => `Edit ${name}`;
export const save = "Save";
export const cancel = "Cancel";
export const aboutName = (name: string) => `About ${name}`;
export const pause = "Pause";
export const switchOn = "Switch on";
export const sendAPing = "Send a ping";
export const deliveries = "Deliveries";
export const edit = "Edit";

// WebhookForm
export const address = "Address";
export const whichAddress = "By https, at a server that everybody can reach.";
export const descriptionOptional = "Description (optional)";
export const chooseSome = "Choose at least one, or everything.";

// Webhooks
export const whatWebhooksAre =
  "What happens in your account is sent to an address of yours as it happens: signed, so that you know it comes from here, and again for a day should nobody answer.";
export const yourWebhooks = "Your webhooks";
export const newWebhook = "New webhook";
export const createTheWebhook = "Create the webhook";
export const itsSecret = "Its secret";
export const whatSecretIsFor = "What is sent there is signed with it, in the header Taskora-Signature. Copy it now: it is not shown again.";

// endings
export const newSecret = "New secret";
export const signsAnew = "It signs with another secret from now on. For a day the present one signs beside it.";
export const makeANewSecret = "Make a new secret";
export const remove = "Delete";
export const whatEnds = "Nothing more is sent there, and what became of its deliveries is forgotten.";
export const deleteIt = "Delete it";

// eventTypes
export const tasks = "Tasks";
export const recurringTasks = "Recurring tasks";
export const lists = "Lists";
export const tags = "Tags";
export const savedFilters = "Saved filters";
export const comments = "Comments";
export const reminders = "Reminders";
export const notifications = "Notifications";
export const chat = "Chat";
export const preferences = "Preferences";
export const yourAccount = "Your account";
export const everything = "Everything";
export const allAbout = (aboutOf: string) => `all about ${aboutOf.toLowerCase()}`;
