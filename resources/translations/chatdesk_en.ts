<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AttachmentList</name>
    <message numerus="yes">
        <source>%n file(s) too large for the server</source>
        <translation>
            <numerusform>%n file too large for the server</numerusform>
            <numerusform>%n files too large for the server</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), {0} together</source>
        <translation>
            <numerusform>%n file, {0}</numerusform>
            <numerusform>%n files, {0} together</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatModel</name>
    <message numerus="yes">
        <source>%n members</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n invited</source>
        <translation>
            <numerusform>%n invited</numerusform>
            <numerusform>%n invited</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChoiceBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationListModel</name>
    <message numerus="yes">
        <source>%n for you</source>
        <translation>
            <numerusform>%n for you</numerusform>
            <numerusform>%n for you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message numerus="yes">
        <source>Delete %n messages?</source>
        <translation>
            <numerusform>Delete %n message?</numerusform>
            <numerusform>Delete %n messages?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message numerus="yes">
        <source>%n messages have not been sent yet and will be lost.</source>
        <translation>
            <numerusform>%n message has not been sent yet and will be lost.</numerusform>
            <numerusform>%n messages have not been sent yet and will be lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DownloadsModel</name>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n messages written</source>
        <translation>
            <numerusform>%n message written</numerusform>
            <numerusform>%n messages written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files saved</source>
        <translation>
            <numerusform>%n file saved</numerusform>
            <numerusform>%n files saved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportModel</name>
    <message numerus="yes">
        <source>%n messages are in {0}</source>
        <translation>
            <numerusform>%n message is in {0}</numerusform>
            <numerusform>%n messages are in {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are in the folder beside it</source>
        <translation>
            <numerusform>%n file is in the folder beside it</numerusform>
            <numerusform>%n files are in the folder beside it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files could not be fetched and are only named</source>
        <translation>
            <numerusform>%n file could not be fetched and is only named</numerusform>
            <numerusform>%n files could not be fetched and are only named</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ForwardDialog</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HoldBar</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message numerus="yes">
        <source>{0}: %n messages, in {1}, {2}</source>
        <translation>
            <numerusform>{0}: %n message, in {1}, {2}</numerusform>
            <numerusform>{0}: %n messages, in {1}, {2}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportModel</name>
    <message numerus="yes">
        <source>%n messages</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They come from %n conversations and all go into one.</source>
        <translation>
            <numerusform>They come from %n conversation.</numerusform>
            <numerusform>They come from %n conversations and all go into one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Left out, lines of the system: %n</source>
        <translation>
            <numerusform>Left out, lines of the system: %n</numerusform>
            <numerusform>Left out, lines of the system: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Left out, messages with nothing in them: %n</source>
        <translation>
            <numerusform>Left out, messages with nothing in them: %n</numerusform>
            <numerusform>Left out, messages with nothing in them: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Left out, entries that are no messages: %n</source>
        <translation>
            <numerusform>Left out, entries that are no messages: %n</numerusform>
            <numerusform>Left out, entries that are no messages: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages imported.</source>
        <translation>
            <numerusform>%n message imported.</numerusform>
            <numerusform>%n messages imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were here already.</source>
        <translation>
            <numerusform>%n was here already.</numerusform>
            <numerusform>%n were here already.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InvitationSection</name>
    <message numerus="yes">
        <source>Invitations · %n</source>
        <translation>
            <numerusform>Invitations · %n</numerusform>
            <numerusform>Invitations · %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JumpButton</name>
    <message numerus="yes">
        <source>Jump to newest, %n new messages</source>
        <translation>
            <numerusform>Jump to newest, %n new message</numerusform>
            <numerusform>Jump to newest, %n new messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailingDialog</name>
    <message numerus="yes">
        <source>Try %n again</source>
        <translation>
            <numerusform>Try %n again</numerusform>
            <numerusform>Try %n again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send to %n people</source>
        <translation>
            <numerusform>Send to %n person</numerusform>
            <numerusform>Send to %n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailingModel</name>
    <message numerus="yes">
        <source>%n sent</source>
        <translation>
            <numerusform>%n sent</numerusform>
            <numerusform>%n sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailingPreview</name>
    <message numerus="yes">
        <source>{0} and %n more</source>
        <translation>
            <numerusform>{0} and %n more</numerusform>
            <numerusform>{0} and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them have no conversation with you yet and are invited to one.</source>
        <translation>
            <numerusform>%n of them has no conversation with you yet and is invited to one.</numerusform>
            <numerusform>%n of them have no conversation with you yet and are invited to one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n invited.</source>
        <translation>
            <numerusform>%n invited.</numerusform>
            <numerusform>%n invited.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MembersPane</name>
    <message numerus="yes">
        <source>Members · %n</source>
        <translation>
            <numerusform>Members · %n</numerusform>
            <numerusform>Members · %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message numerus="yes">
        <source>%n new messages</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message numerus="yes">
        <source>Use at least %n characters.</source>
        <translation>
            <numerusform>Use at least %n character.</numerusform>
            <numerusform>Use at least %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PastModel</name>
    <message numerus="yes">
        <source>%n messages are on this computer.</source>
        <translation>
            <numerusform>%n message is on this computer.</numerusform>
            <numerusform>%n messages are on this computer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are nowhere else.</source>
        <translation>
            <numerusform>%n of them is nowhere else.</numerusform>
            <numerusform>%n of them are nowhere else.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fetching… %n messages so far</source>
        <translation>
            <numerusform>Fetching… %n message so far</numerusform>
            <numerusform>Fetching… %n messages so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PeoplePicker</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RelationWords</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SwitcherModel</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message numerus="yes">
        <source>Show the whole message, %n characters</source>
        <translation>
            <numerusform>Show the whole message, %n character</numerusform>
            <numerusform>Show the whole message, %n characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message numerus="yes">
        <source>chatdesk, %n unread</source>
        <translation>
            <numerusform>chatdesk, %n unread</numerusform>
            <numerusform>chatdesk, %n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message numerus="yes">
        <source>%n messages deleted</source>
        <translation>
            <numerusform>%n message deleted</numerusform>
            <numerusform>%n messages deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wishes</name>
    <message numerus="yes">
        <source>%n files were here already.</source>
        <translation>
            <numerusform>%n file was here already.</numerusform>
            <numerusform>%n files were here already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} forwarded to %n conversations.</source>
        <translation>
            <numerusform>{0} forwarded to %n conversation.</numerusform>
            <numerusform>{0} forwarded to %n conversations.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n other changes</source>
        <translation>
            <numerusform>%n other change</numerusform>
            <numerusform>%n other changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people joined</source>
        <translation>
            <numerusform>%n person joined</numerusform>
            <numerusform>%n people joined</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people left</source>
        <translation>
            <numerusform>%n person left</numerusform>
            <numerusform>%n people left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people declined</source>
        <translation>
            <numerusform>%n person declined</numerusform>
            <numerusform>%n people declined</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people were removed</source>
        <translation>
            <numerusform>%n person was removed</numerusform>
            <numerusform>%n people were removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people were banned</source>
        <translation>
            <numerusform>%n person was banned</numerusform>
            <numerusform>%n people were banned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people were invited</source>
        <translation>
            <numerusform>%n person was invited</numerusform>
            <numerusform>%n people were invited</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people are typing…</source>
        <translation>
            <numerusform>%n person is typing…</numerusform>
            <numerusform>%n people are typing…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read by %n</source>
        <translation>
            <numerusform>Read by %n</numerusform>
            <numerusform>Read by %n</numerusform>
        </translation>
    </message>
</context>
</TS>
