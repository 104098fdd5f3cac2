"""Words beside a phrase that tell whether it says when, or belongs to the title."""


def _words(listed: str) -> set[str]:
    return set(listed.split())


# A preposition or an article before it makes it part of the text: "reply to friday's", "before noon", "the weekend".
BINDING = _words("""
    of since until till before after around about to than between versus vs during through except not like per via
    into within without towards toward the a an my your his her its our their some any no each every is was it's
    were are another next last previous past what which whose once twice called named titled
""")
ORDERED = _words("""
    anniversary attempt avenue ave base birthday century chapter draft edition floor gear grade quarter round row season
    step street symphony
""")  # the 5th of those is no day
PLACING = _words("at in on to for of the a from")  # before a P3 that is no priority
COMMON = _words("""
    day days week weeks month months year years hour hours minute minutes night morning evening afternoon after the
    first second third last every each
""")
ENJOYED = _words("watch rewatch see read reread hear play finish")  # Every Day, The First Monday in May
NUMBERED = _words("""
    chapter chapters page pages part parts step section season episode level unit lesson room floor gate platform
    terminal bus route line exit no number lap version release build issue ticket figure table volume vol act scene
    verse ratio score scored scale size psalm psalms symphony phase question exercise genesis exodus leviticus
    numbers deuteronomy joshua judges samuel kings chronicles ezra nehemiah esther job proverbs ecclesiastes isaiah
    jeremiah ezekiel daniel hosea matthew mark luke john acts romans corinthians galatians ephesians hebrews
    philippians colossians thessalonians timothy titus james peter revelation sura won interstate highway flight
    train grade class priority zone gb parking
""")
EPITHETS = _words("""
    black good holy ash palm easter cyber super shrove giving pancake ruby fat manic casual happy bloody blue freaky
    gloomy taco throwback meatless maundy small stormy motivation wacky tgi
""")
RESTFUL = _words("""
    nice good great long whole happy holiday relaxing spa lovely wonderful dream perfect romantic busy lost wedding
    family girls golf ski city all
""")
LINKING = _words("""
    about with to for in at on by from before after if because so when while unless re regarding via or but and then
    without using until till instead again please pls asap & + as during since not due sharp latest
""")
# Behind the first words of a text they carry on with those: "in 80 days around the world", "next year in Jerusalem".
CARRYING = _words("""
    about with to for in at on by from as via of around into onto under over through across beyond behind above below
    along near like than that which who whose
""")
ARTICLES = _words("the a an my your his her our their")
BEFORE_THINGS = ARTICLES | (CARRYING - {"to"})  # and so no verb is behind them
BEING = _words("""
    is isn't are was were will won't would can can't could should must may might has had does did never always be
    been i'm we're you're it's comes i'll we'll you'll means matters counts feels looks seems goes belongs knows
""")
JOINING = ("or", "and", "&", "+")
PEOPLE = _words("i we you he she they it people someone everyone nobody")
EVERYDAY = _words("""
    carry life hero heroes use wear people items objects count matters low essentials problems tasks things clothes
    language sexism magic english person
""")
# What is made, and named after what is in it: "end of month report template", "noon chai recipe".
WORKS = _words("""
    album albums app apps checklist checklists cookbook cookbooks dvd guide guides ideas jokes lyrics meme memes novel
    novels playlist playlists poster posters quotes recipe recipes song songs soundtrack spreadsheet spreadsheets
    template templates tips tutorial tutorials
""")
ACTS_OR_THINGS = _words("""
    book budget check cook cut design draft drink email exercise export file form handle import invoice label mail
    plan play practice print prep process read record release report review run sleep sort stretch study test
    trade train wash watch work workout
""")
# Nobody calls a dentist after a day; there is a Sunday brunch, but a brunch with Ann is one on that day.
APPOINTMENTS = _words("""
    appointment appointments dentist doctor doctors gp optician hairdresser barber haircut physio physiotherapist
    therapist therapy checkup check-up vet vaccination surgery interview exam exams flight laundry groceries trash
    garbage recycling
""")
GATHERINGS = _words("""
    breakfast brunch lunch dinner supper coffee drinks meeting call party picnic barbecue bbq concert cinema movie
    movies theatre theater opera gym yoga pilates tennis badminton golf football swimming climbing bowling training
    rehearsal catchup catch-up sync
""")
DASHES = {"-", "–", "—", "|", "·", "•", "/", "→", "->"}  # noqa: RUF001
OCCUPIED = _words("""
    plan prepare prep schedule organise organize enjoy survive celebrate reserve block save remember postpone replan
    reschedule cancel ruin hate love dread watch
""")
VERBS = _words("""
    accept add adjust announce answer apply approve arrange ask assemble assign attend backup bake bathe begin bike
    bill book borrow bring brush build buy call cancel change charge chase check choose clean clear close collect
    compile complete configure confirm congratulate contact continue convert cook copy create cut decide declutter
    decorate defrost delete deliver deploy deposit design destroy discuss do donate download draft draw drink drive
    drop dust eat edit email empty exchange exercise experiment explain fax feed fetch file fill finalise finalize
    find finish fix fly fold follow forward freeze get give go grab greet grind groom hand handle hang harvest have
    help hire hold hoover hug implement improve inform inspect install interview invite invoice iron jog join kick
    kill label laminate launch lead learn leave lend let listen load lock look lubricate mail make measure meditate
    meet mend merge migrate mix mop move mow name negotiate note notify observe obtain offer oil open order organise
    organize pack paint park pay phone pick ping place plan plant play polish post practice practise prepare present
    press print process proofread prune publish pull pump purchase push put raise reach read rebook receive recharge
    record recycle redo refactor refill register release remind remove renew rent repair repeat replace reply report
    repot request reschedule research reserve reset resolve respond rest restart restock retrieve return review
    rewrite ride ring rinse run save scan schedule scrub search see sell send set sew sharpen shave ship shop shovel
    show sign sketch skype sleep slice smoke sort speak start stop store stretch study submit subscribe sweep swim
    sync take talk teach tell test text thank tidy trade train transfer translate trim try tune turn unpack
    unsubscribe update upgrade upload use vacuum verify visit vote wait wake walk wash watch water weed weigh
    whatsapp wipe withdraw work wrap write zip
""")
