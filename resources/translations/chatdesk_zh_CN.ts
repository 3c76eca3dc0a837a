<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AccountPage</name>
    <message>
        <source>Account</source>
        <translation>帐号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>User ID</source>
        <translation>用户 ID</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Not logged in</source>
        <translation>未登录</translation>
    </message>
    <message>
        <source>Log out…</source>
        <translation>退出登录…</translation>
    </message>
    <message>
        <source>Logging out removes what chatdesk stored on this computer. Downloaded files stay.</source>
        <translation>退出登录会删除 chatdesk 在这台电脑上保存的内容，已下载的文件会保留。</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Back to 100 %</source>
        <translation>恢复为 100%</translation>
    </message>
    <message>
        <source>Compared with the size your system uses.</source>
        <translation>相对于系统的文字大小。</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
    </message>
</context>
<context>
    <name>AttachmentList</name>
    <message>
        <source>Files to send</source>
        <translation>要发送的文件</translation>
    </message>
    <message>
        <source>{0}: too large, the server takes at most {1}</source>
        <translation>{0}：太大，服务器最多接受 {1}</translation>
    </message>
    <message>
        <source>Send {0} earlier</source>
        <translation>提前发送 {0}</translation>
    </message>
    <message>
        <source>Do not send {0}</source>
        <translation>不发送 {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) too large for the server</source>
        <translation>
            <numerusform>%n 个文件超出服务器的大小限制</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), {0} together</source>
        <translation>
            <numerusform>%n 个文件，共 {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>at most {0} each</source>
        <translation>每个最大 {0}</translation>
    </message>
</context>
<context>
    <name>BackBar</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back to where you were (Alt+Left)</source>
        <translation>返回原来的位置 (Alt+Left)</translation>
    </message>
</context>
<context>
    <name>CalendarPopup</name>
    <message>
        <source>Jump to a date</source>
        <translation>跳转到日期</translation>
    </message>
</context>
<context>
    <name>ChatHeader</name>
    <message>
        <source>Back to the conversations</source>
        <translation>返回会话列表</translation>
    </message>
    <message>
        <source>End-to-end encrypted</source>
        <translation>端到端加密</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Invite people…</source>
        <translation>邀请成员…</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>退出…</translation>
    </message>
</context>
<context>
    <name>ChatModel</name>
    <message>
        <source>1 member</source>
        <translation>1 位成员</translation>
    </message>
    <message numerus="yes">
        <source>%n members</source>
        <translation>
            <numerusform>%n 位成员</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Choose a conversation</source>
        <translation>选择一个会话</translation>
    </message>
    <message>
        <source>Pick one from the list, or write to somebody new.</source>
        <translation>从列表中选择会话，或给新的联系人发消息。</translation>
    </message>
    <message>
        <source>New conversation…</source>
        <translation>新建会话…</translation>
    </message>
</context>
<context>
    <name>Choice</name>
    <message>
        <source>Selected messages</source>
        <translation>已选的消息</translation>
    </message>
</context>
<context>
    <name>ChoiceBar</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save files</source>
        <translation>保存文件</translation>
    </message>
    <message>
        <source>Forward…</source>
        <translation>转发…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除选择</translation>
    </message>
    <message>
        <source>1 selected</source>
        <translation>已选 1 条</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChosenPeople</name>
    <message>
        <source>Chosen people</source>
        <translation>已选的人</translation>
    </message>
    <message>
        <source>Take {0} out</source>
        <translation>移除 {0}</translation>
    </message>
</context>
<context>
    <name>CompletionPopup</name>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Attach</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>What shall it say?</source>
        <translation>想改成什么？</translation>
    </message>
    <message>
        <source>Add a caption</source>
        <translation>添加说明</translation>
    </message>
    <message>
        <source>Message {0}</source>
        <translation>发消息给 {0}</translation>
    </message>
    <message>
        <source>Save the change</source>
        <translation>保存修改</translation>
    </message>
</context>
<context>
    <name>ComposerModel</name>
    <message>
        <source>You were banned from this conversation.</source>
        <translation>你已被禁止加入此会话。</translation>
    </message>
    <message>
        <source>You are not a member of this conversation.</source>
        <translation>你不是此会话的成员。</translation>
    </message>
    <message>
        <source>chatdesk cannot encrypt yet, so nothing is sent into this conversation.</source>
        <translation>chatdesk 暂不支持加密，因此无法在此会话中发送消息。</translation>
    </message>
    <message>
        <source>everyone</source>
        <translation>所有人</translation>
    </message>
</context>
<context>
    <name>ComposerTools</name>
    <message>
        <source>Attach</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>&amp;Files…</source>
        <translation>文件(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Location…</source>
        <translation>位置(&amp;L)…</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加文件</translation>
    </message>
</context>
<context>
    <name>Container</name>
    <message>
        <source>Starting the private server…</source>
        <translation>正在启动私有服务器…</translation>
    </message>
    <message>
        <source>Logging in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>Log in to see your conversations.</source>
        <translation>登录后即可查看会话。</translation>
    </message>
    <message>
        <source>Looking for the server…</source>
        <translation>正在查找服务器…</translation>
    </message>
</context>
<context>
    <name>ConversationDelegate</name>
    <message>
        <source>Invitation</source>
        <translation>邀请</translation>
    </message>
</context>
<context>
    <name>ConversationListModel</name>
    <message>
        <source>Invited by {0}</source>
        <translation>{0} 邀请了你</translation>
    </message>
    <message>
        <source>You are invited</source>
        <translation>你收到一个邀请</translation>
    </message>
    <message>
        <source>Draft: {0}</source>
        <translation>[草稿] {0}</translation>
    </message>
    <message>
        <source>You are no longer in this conversation</source>
        <translation>你已不在此会话中</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>还没有消息</translation>
    </message>
    <message>
        <source>You: {0}</source>
        <translation>我：{0}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>You recalled a message</source>
        <translation>你撤回了一条消息</translation>
    </message>
    <message>
        <source>{0} recalled a message</source>
        <translation>{0} 撤回了一条消息</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>已加密</translation>
    </message>
    <message numerus="yes">
        <source>%n for you</source>
        <translation>
            <numerusform>%n 条与你有关</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n 条未读</numerusform>
        </translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>等待发送</translation>
    </message>
</context>
<context>
    <name>ConversationListView</name>
    <message>
        <source>Conversations</source>
        <translation>会话</translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>New conversation</source>
        <translation>新建会话</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Filter conversations</source>
        <translation>筛选会话</translation>
    </message>
    <message>
        <source>No conversations yet</source>
        <translation>还没有会话</translation>
    </message>
    <message>
        <source>Write to somebody, or bring people together in a group.</source>
        <translation>给别人发消息，或创建群聊。</translation>
    </message>
    <message>
        <source>New conversation…</source>
        <translation>新建会话…</translation>
    </message>
    <message>
        <source>New group…</source>
        <translation>新建群聊…</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>No conversation has this name.</source>
        <translation>没有这个名称的会话。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>退出…</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Log out…</source>
        <translation>退出登录…</translation>
    </message>
</context>
<context>
    <name>DateJump</name>
    <message>
        <source>Could not load the message.</source>
        <translation>无法加载这条消息。</translation>
    </message>
    <message>
        <source>Looking for the message…</source>
        <translation>正在查找消息…</translation>
    </message>
    <message>
        <source>Could not load the messages of {0}.</source>
        <translation>无法加载 {0} 的消息。</translation>
    </message>
    <message>
        <source>Looking for {0}…</source>
        <translation>正在查找 {0}…</translation>
    </message>
    <message>
        <source>Looking for a date</source>
        <translation>正在查找日期</translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <source>Delete 1 message?</source>
        <translation>要删除 1 条消息吗？</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n messages?</source>
        <translation>
            <numerusform>要删除 %n 条消息吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>&amp;Here only</source>
        <translation>仅在此处(&amp;H)</translation>
    </message>
    <message>
        <source>They stay on your other devices and with everybody else.</source>
        <translation>你的其他设备和其他人那里仍会保留。</translation>
    </message>
    <message>
        <source>On &amp;all my devices</source>
        <translation>我的所有设备(&amp;A)</translation>
    </message>
    <message>
        <source>Wherever you use chatdesk with this account. Others still see them.</source>
        <translation>此帐号使用 chatdesk 的所有设备都会删除，其他人仍能看到。</translation>
    </message>
    <message>
        <source>For &amp;everyone</source>
        <translation>所有人(&amp;E)</translation>
    </message>
    <message>
        <source>They are recalled. This cannot be undone, and people may have read them already.</source>
        <translation>消息将被撤回。此操作无法撤消，而且对方可能已经看过。</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Leave {0}?</source>
        <translation>要退出“{0}”吗？</translation>
    </message>
    <message>
        <source>The conversation disappears from your list. To come back you need a new invitation.</source>
        <translation>此会话将从列表中消失，重新加入需要新的邀请。</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What chatdesk stored on this computer is removed. Downloaded files stay.</source>
        <translation>chatdesk 在这台电脑上保存的内容将被删除，已下载的文件会保留。</translation>
    </message>
    <message>
        <source>1 message has not been sent yet and will be lost.</source>
        <translation>有 1 条消息尚未发送，将会丢失。</translation>
    </message>
    <message numerus="yes">
        <source>%n messages have not been sent yet and will be lost.</source>
        <translation>
            <numerusform>有 %n 条消息尚未发送，将会丢失。</numerusform>
        </translation>
    </message>
    <message>
        <source>Log out of {0}?</source>
        <translation>要退出帐号 {0} 吗？</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>退出登录</translation>
    </message>
</context>
<context>
    <name>DownloadRow</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy the file</source>
        <translation>复制文件</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新校验</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>重新下载</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
</context>
<context>
    <name>DownloadsModel</name>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Downloading {0}</source>
        <translation>正在下载 {0}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>The download failed</source>
        <translation>下载失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在校验…</translation>
    </message>
    <message>
        <source>No longer in its folder</source>
        <translation>已不在原文件夹中</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>{0}/s</source>
        <translation>{0}/秒</translation>
    </message>
    <message>
        <source>{0} s left</source>
        <translation>剩余 {0} 秒</translation>
    </message>
    <message>
        <source>{0} min left</source>
        <translation>剩余 {0} 分钟</translation>
    </message>
    <message>
        <source>{0} h left</source>
        <translation>剩余 {0} 小时</translation>
    </message>
    <message>
        <source>The server could not continue it, so it was fetched from the beginning</source>
        <translation>服务器无法续传，已从头下载</translation>
    </message>
    <message>
        <source>Checked: unchanged</source>
        <translation>已校验：未更改</translation>
    </message>
    <message>
        <source>Checked: changed since it was downloaded</source>
        <translation>已校验：下载后有更改</translation>
    </message>
</context>
<context>
    <name>DownloadsPane</name>
    <message>
        <source>Downloads</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Close downloads</source>
        <translation>关闭下载列表</translation>
    </message>
    <message>
        <source>No downloads yet</source>
        <translation>还没有下载</translation>
    </message>
    <message>
        <source>Files you download from a message are listed here.</source>
        <translation>从消息中下载的文件会列在这里。</translation>
    </message>
    <message>
        <source>Show older downloads</source>
        <translation>显示更早的下载</translation>
    </message>
</context>
<context>
    <name>EmojiGrid</name>
    <message>
        <source>Emoji</source>
        <translation>表情</translation>
    </message>
</context>
<context>
    <name>EmojiPicker</name>
    <message>
        <source>Choose an emoji</source>
        <translation>选择表情</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>搜索表情</translation>
    </message>
    <message>
        <source>The emoji you use will be found here.</source>
        <translation>你用过的表情会显示在这里。</translation>
    </message>
    <message>
        <source>No emoji found</source>
        <translation>未找到表情</translation>
    </message>
</context>
<context>
    <name>EmojiPopup</name>
    <message>
        <source>Choose an emoji</source>
        <translation>选择表情</translation>
    </message>
</context>
<context>
    <name>EmojiTabs</name>
    <message>
        <source>Groups of emoji</source>
        <translation>表情分组</translation>
    </message>
    <message>
        <source>Smileys and emotion</source>
        <translation>笑脸与情感</translation>
    </message>
    <message>
        <source>People and body</source>
        <translation>人物与身体</translation>
    </message>
    <message>
        <source>Animals and nature</source>
        <translation>动物与自然</translation>
    </message>
    <message>
        <source>Food and drink</source>
        <translation>食物与饮料</translation>
    </message>
    <message>
        <source>Travel and places</source>
        <translation>旅行与地点</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>符号</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>旗帜</translation>
    </message>
    <message>
        <source>Recently used</source>
        <translation>最近使用</translation>
    </message>
</context>
<context>
    <name>FileOpener</name>
    <message>
        <source>{0} is no longer where it was saved.</source>
        <translation>{0} 已不在原来的保存位置。</translation>
    </message>
    <message>
        <source>Open {0}?</source>
        <translation>要打开 {0} 吗？</translation>
    </message>
    <message>
        <source>This kind of file can run a program on your computer. Open it only if you know who sent it and were expecting it.</source>
        <translation>这类文件可能会在电脑上运行程序。只有在认识发送者并且确实在等这个文件时才打开。</translation>
    </message>
    <message>
        <source>Open anyway</source>
        <translation>仍然打开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The folder {0} is not there any more.</source>
        <translation>文件夹 {0} 已不存在。</translation>
    </message>
    <message>
        <source>No program was found that opens {0}.</source>
        <translation>找不到能打开 {0} 的程序。</translation>
    </message>
</context>
<context>
    <name>FormDialog</name>
    <message>
        <source>Working</source>
        <translation>正在处理</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ForwardDialog</name>
    <message>
        <source>Forward</source>
        <translation>转发</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>搜索会话</translation>
    </message>
    <message>
        <source>To</source>
        <translation>发送到</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>To: {0}</source>
        <translation>发送到：{0}</translation>
    </message>
    <message>
        <source>Nobody chosen yet</source>
        <translation>尚未选择</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>The new language is used from the next start of chatdesk.</source>
        <translation>新语言将在下次启动 chatdesk 时生效。</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Use the system’s folder</source>
        <translation>使用系统文件夹</translation>
    </message>
    <message>
        <source>Closing the window</source>
        <translation>关闭窗口时</translation>
    </message>
    <message>
        <source>Keep running in the tray</source>
        <translation>在系统托盘中继续运行</translation>
    </message>
    <message>
        <source>Messages keep arriving. The tray icon brings the window back or ends chatdesk.</source>
        <translation>会继续接收消息。可以通过托盘图标重新打开窗口或退出 chatdesk。</translation>
    </message>
    <message>
        <source>This desktop has no tray, so closing the window ends chatdesk.</source>
        <translation>此桌面没有系统托盘，关闭窗口即退出 chatdesk。</translation>
    </message>
    <message>
        <source>Downloads folder: {0}</source>
        <translation>下载文件夹：{0}</translation>
    </message>
    <message>
        <source>Where files are saved</source>
        <translation>文件保存位置</translation>
    </message>
</context>
<context>
    <name>HoldBar</name>
    <message>
        <source>Undo</source>
        <translation>撤消</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Sending in {0} s: {1}</source>
        <translation>{0} 秒后发送：{1}</translation>
    </message>
    <message>
        <source>Sending soon: {0}</source>
        <translation>即将发送：{0}</translation>
    </message>
</context>
<context>
    <name>HoverBar</name>
    <message>
        <source>Message actions</source>
        <translation>消息操作</translation>
    </message>
    <message>
        <source>React (Ctrl+E)</source>
        <translation>回应 (Ctrl+E)</translation>
    </message>
    <message>
        <source>Reply (Ctrl+R)</source>
        <translation>回复 (Ctrl+R)</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>更多操作</translation>
    </message>
</context>
<context>
    <name>InvitationPage</name>
    <message>
        <source>You see the messages once you accept.</source>
        <translation>接受后即可查看消息。</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>You are invited to this conversation.</source>
        <translation>你被邀请加入此会话。</translation>
    </message>
    <message>
        <source>{0} invites you to this group.</source>
        <translation>{0} 邀请你加入此群聊。</translation>
    </message>
    <message>
        <source>{0} would like to talk with you.</source>
        <translation>{0} 想和你聊天。</translation>
    </message>
</context>
<context>
    <name>InviteDialog</name>
    <message>
        <source>Invite people</source>
        <translation>邀请成员</translation>
    </message>
    <message>
        <source>Invite</source>
        <translation>邀请</translation>
    </message>
</context>
<context>
    <name>JumpButton</name>
    <message>
        <source>Jump to newest</source>
        <translation>跳到最新消息</translation>
    </message>
    <message numerus="yes">
        <source>Jump to newest, %n new messages</source>
        <translation>
            <numerusform>跳到最新消息，%n 条新消息</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Jumps</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>LocationDialog</name>
    <message>
        <source>Send a location</source>
        <translation>发送位置</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>&amp;Coordinates, or a link of a map</source>
        <translation>坐标或地图链接(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Description (optional)</source>
        <translation>说明（可选）(&amp;D)</translation>
    </message>
    <message>
        <source>The link is read here; no map service is asked.</source>
        <translation>链接仅在本机解析，不会访问地图服务。</translation>
    </message>
    <message>
        <source>Latitude {0}, longitude {1}</source>
        <translation>纬度 {0}，经度 {1}</translation>
    </message>
    <message>
        <source>There are no coordinates in this. They look like 52.5163, 13.3777</source>
        <translation>其中没有坐标。坐标的格式如：52.5163, 13.3777</translation>
    </message>
</context>
<context>
    <name>LoginDialog</name>
    <message>
        <source>Log in to chatdesk</source>
        <translation>登录 chatdesk</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Use an account on any Matrix server.</source>
        <translation>可使用任意 Matrix 服务器上的帐号。</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>服务器(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>用户名(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Logging in…</source>
        <translation>正在登录…</translation>
    </message>
</context>
<context>
    <name>LoginModel</name>
    <message>
        <source>Type the name of your server, for example example.org.</source>
        <translation>请输入服务器名称，例如 example.org。</translation>
    </message>
    <message>
        <source>Type your user name.</source>
        <translation>请输入用户名。</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>请输入密码。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message numerus="yes">
        <source>%n invited.</source>
        <translation>
            <numerusform>已邀请 %n 人。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MembersModel</name>
    <message>
        <source>{0} (you)</source>
        <translation>{0}（我）</translation>
    </message>
    <message>
        <source>Invited</source>
        <translation>已邀请</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>Moderator</source>
        <translation>协管员</translation>
    </message>
</context>
<context>
    <name>MembersPane</name>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Close members</source>
        <translation>关闭成员列表</translation>
    </message>
    <message>
        <source>Invite people</source>
        <translation>邀请成员</translation>
    </message>
    <message numerus="yes">
        <source>Members · %n</source>
        <translation>
            <numerusform>成员 · %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MenuWords</name>
    <message>
        <source>Copy selection</source>
        <translation>复制所选内容</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>更多…</translation>
    </message>
    <message>
        <source>React</source>
        <translation>回应</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Copy link address</source>
        <translation>复制链接地址</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制文字</translation>
    </message>
    <message>
        <source>Copy link to message</source>
        <translation>复制消息链接</translation>
    </message>
    <message>
        <source>Forward…</source>
        <translation>转发…</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Pause download</source>
        <translation>暂停下载</translation>
    </message>
    <message>
        <source>Resume download</source>
        <translation>继续下载</translation>
    </message>
    <message>
        <source>Cancel download</source>
        <translation>取消下载</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Cancel sending</source>
        <translation>取消发送</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Re-edit</source>
        <translation>重新编辑</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Read by…</source>
        <translation>已读成员…</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>详细信息…</translation>
    </message>
    <message>
        <source>Message actions</source>
        <translation>消息操作</translation>
    </message>
</context>
<context>
    <name>MessageDetails</name>
    <message>
        <source>Message details</source>
        <translation>消息详情</translation>
    </message>
    <message>
        <source>From</source>
        <translation>发送者</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发送时间</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Reactions</source>
        <translation>回应</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>Contains</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Message id</source>
        <translation>消息 ID</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>事务 ID</translation>
    </message>
    <message>
        <source>Number here</source>
        <translation>本机编号</translation>
    </message>
    <message>
        <source>View data</source>
        <translation>查看数据</translation>
    </message>
    <message>
        <source>Data of the message</source>
        <translation>消息数据</translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation>复制数据</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Hide data</source>
        <translation>隐藏数据</translation>
    </message>
</context>
<context>
    <name>MessageField</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>MessagePane</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>ModeBar</name>
    <message>
        <source>Do not reply</source>
        <translation>取消回复</translation>
    </message>
    <message>
        <source>Change your message</source>
        <translation>修改你的消息</translation>
    </message>
    <message>
        <source>Do not change it</source>
        <translation>取消修改</translation>
    </message>
    <message>
        <source>yourself</source>
        <translation>自己</translation>
    </message>
    <message>
        <source>Reply to {0}</source>
        <translation>回复 {0}</translation>
    </message>
</context>
<context>
    <name>NewConversation</name>
    <message>
        <source>Type a name or a user id, for example @ben:example.org.</source>
        <translation>请输入名称或用户 ID，例如 @ben:example.org。</translation>
    </message>
    <message>
        <source>Give the group a name.</source>
        <translation>请输入群名称。</translation>
    </message>
</context>
<context>
    <name>NewConversationDialog</name>
    <message>
        <source>New conversation</source>
        <translation>新建会话</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
</context>
<context>
    <name>NewGroupDialog</name>
    <message>
        <source>New group</source>
        <translation>新建群聊</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>P&amp;eople</source>
        <translation>成员(&amp;E)</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close this notice</source>
        <translation>关闭此提示</translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message>
        <source>{0} invites you</source>
        <translation>{0} 邀请了你</translation>
    </message>
    <message>
        <source>New invitation</source>
        <translation>新邀请</translation>
    </message>
    <message numerus="yes">
        <source>%n new messages</source>
        <translation>
            <numerusform>%n 条新消息</numerusform>
        </translation>
    </message>
    <message>
        <source>New message</source>
        <translation>新消息</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
</context>
<context>
    <name>NotificationsPage</name>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Show a notification for new messages</source>
        <translation>有新消息时显示通知</translation>
    </message>
    <message>
        <source>Show who wrote and what</source>
        <translation>显示发送者和内容</translation>
    </message>
    <message>
        <source>Without it a notification only says that there is something new.</source>
        <translation>关闭后，通知只提示有新消息。</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>勿扰</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>请勿打扰</translation>
    </message>
    <message>
        <source>No notifications until you switch this off. Unread messages are still counted.</source>
        <translation>关闭此项之前不显示通知，未读消息仍会计数。</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>Choose a passphrase</source>
        <translation>设置口令</translation>
    </message>
    <message>
        <source>Unlock your messages</source>
        <translation>解锁你的消息</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>This system has no place to keep keys, so a passphrase protects what chatdesk stores here.</source>
        <translation>此系统没有保存密钥的地方，因此用口令保护 chatdesk 存储的内容。</translation>
    </message>
    <message>
        <source>It cannot be recovered: without it you have to log in again.</source>
        <translation>口令无法找回，忘记后需要重新登录。</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>口令(&amp;P)</translation>
    </message>
    <message>
        <source>Passphrase &amp;again</source>
        <translation>再次输入口令(&amp;A)</translation>
    </message>
    <message>
        <source>Type your passphrase.</source>
        <translation>请输入口令。</translation>
    </message>
    <message numerus="yes">
        <source>Use at least %n characters.</source>
        <translation>
            <numerusform>至少需要 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>The two passphrases are not the same.</source>
        <translation>两次输入的口令不一致。</translation>
    </message>
</context>
<context>
    <name>PeoplePicker</name>
    <message>
        <source>Name or user id</source>
        <translation>名称或用户 ID</translation>
    </message>
    <message>
        <source>Name or user id, for example @ben:example.org</source>
        <translation>名称或用户 ID，例如 @ben:example.org</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>People found</source>
        <translation>找到的人</translation>
    </message>
    <message>
        <source>People on your server are found while you type.</source>
        <translation>输入时会查找你所在服务器上的用户。</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Nobody found. You can still use a full user id.</source>
        <translation>没有找到。仍可使用完整的用户 ID。</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>找到 %n 人</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReactionPopup</name>
    <message>
        <source>Choose a reaction</source>
        <translation>选择回应</translation>
    </message>
    <message>
        <source>React with {0}</source>
        <translation>用 {0} 回应</translation>
    </message>
</context>
<context>
    <name>RelationWords</name>
    <message>
        <source>Earlier message</source>
        <translation>更早的消息</translation>
    </message>
    <message>
        <source>This message was recalled</source>
        <translation>此消息已被撤回</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>This message is not on this device</source>
        <translation>此消息不在这台设备上</translation>
    </message>
    <message>
        <source>reply to {0}: {1}</source>
        <translation>回复 {0}：{1}</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation>{0} 和 {1}</translation>
    </message>
    <message>
        <source>{0} reacted with {1}</source>
        <translation>{0} 回应了 {1}</translation>
    </message>
    <message>
        <source>Show the hidden text</source>
        <translation>显示隐藏的文字</translation>
    </message>
    <message>
        <source>Add a reaction</source>
        <translation>添加回应</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Edited: {0}</source>
        <translation>编辑于：{0}</translation>
    </message>
    <message>
        <source>Re-edit</source>
        <translation>重新编辑</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>SessionModel</name>
    <message>
        <source>Offline — messages are kept and sent when the connection is back.</source>
        <translation>离线——消息已保存，恢复连接后发送。</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Catching up…</source>
        <translation>正在接收消息…</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>The server ended this session. Log out and log in again.</source>
        <translation>服务器已结束此次登录。请退出后重新登录。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>帐号</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>ShortcutWords</name>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新建会话</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>新建群聊</translation>
    </message>
    <message>
        <source>Find a conversation</source>
        <translation>查找会话</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>下一个会话</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>上一个会话</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Quit chatdesk</source>
        <translation>退出 chatdesk</translation>
    </message>
    <message>
        <source>Close the side pane, go back</source>
        <translation>关闭侧栏，返回</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Previous and next message</source>
        <translation>上一条和下一条消息</translation>
    </message>
    <message>
        <source>One page up and down</source>
        <translation>上翻一页和下翻一页</translation>
    </message>
    <message>
        <source>Oldest and newest message</source>
        <translation>最早和最新的消息</translation>
    </message>
    <message>
        <source>Open what the message holds</source>
        <translation>打开消息中的内容</translation>
    </message>
    <message>
        <source>Actions of the message</source>
        <translation>消息的操作菜单</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>React</source>
        <translation>回应</translation>
    </message>
    <message>
        <source>Edit an own message</source>
        <translation>编辑自己的消息</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Choose a message</source>
        <translation>选择一条消息</translation>
    </message>
    <message>
        <source>Choose several messages</source>
        <translation>选择多条消息</translation>
    </message>
    <message>
        <source>Mark the text of the message</source>
        <translation>选中消息的文字</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Jump to a date</source>
        <translation>跳转到日期</translation>
    </message>
    <message>
        <source>Back to where you were</source>
        <translation>返回原来的位置</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Paste text, pictures or files</source>
        <translation>粘贴文字、图片或文件</translation>
    </message>
    <message>
        <source>Change the last own message (in the empty field)</source>
        <translation>修改自己的上一条消息（输入框为空时）</translation>
    </message>
    <message>
        <source>Answer an older or newer message</source>
        <translation>回复更早或更新的消息</translation>
    </message>
    <message>
        <source>Neither answer nor change</source>
        <translation>取消回复或修改</translation>
    </message>
    <message>
        <source>Emoji, people of the conversation</source>
        <translation>表情、会话中的人</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
</context>
<context>
    <name>StickyDate</name>
    <message>
        <source>{0}. Jump to a date</source>
        <translation>{0}，跳转到日期</translation>
    </message>
    <message>
        <source>Jump to a date</source>
        <translation>跳转到日期</translation>
    </message>
</context>
<context>
    <name>Tasks</name>
    <message>
        <source>Something went wrong. The log file has the details; please try again.</source>
        <translation>出了点问题，详情见日志文件。请重试。</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message numerus="yes">
        <source>Show the whole message, %n characters</source>
        <translation>
            <numerusform>显示完整消息，共 %n 个字符</numerusform>
        </translation>
    </message>
    <message>
        <source>[spoiler]</source>
        <translation>[剧透]</translation>
    </message>
</context>
<context>
    <name>ToneButton</name>
    <message>
        <source>Skin tone</source>
        <translation>肤色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Medium light</source>
        <translation>较浅</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中等</translation>
    </message>
    <message>
        <source>Medium dark</source>
        <translation>较深</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open chatdesk</source>
        <translation>打开 chatdesk</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>请勿打扰</translation>
    </message>
    <message>
        <source>Quit chatdesk</source>
        <translation>退出 chatdesk</translation>
    </message>
    <message numerus="yes">
        <source>chatdesk, %n unread</source>
        <translation>
            <numerusform>chatdesk，%n 条未读</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Deleted messages</source>
        <translation>已删除的消息</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤消</translation>
    </message>
    <message>
        <source>1 message deleted</source>
        <translation>已删除 1 条消息</translation>
    </message>
    <message numerus="yes">
        <source>%n messages deleted</source>
        <translation>
            <numerusform>已删除 %n 条消息</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>When</name>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
</context>
<context>
    <name>WholeText</name>
    <message>
        <source>Whole message</source>
        <translation>完整消息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Wishes</name>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>The link was copied.</source>
        <translation>已复制链接。</translation>
    </message>
    <message>
        <source>1 message forwarded.</source>
        <translation>已转发 1 条消息。</translation>
    </message>
    <message numerus="yes">
        <source>%n messages forwarded.</source>
        <translation>
            <numerusform>已转发 %n 条消息。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>{0} created the group</source>
        <translation>{0} 创建了群聊</translation>
    </message>
    <message>
        <source>{0} started the conversation</source>
        <translation>{0} 发起了会话</translation>
    </message>
    <message>
        <source>{0} invited {1}</source>
        <translation>{0} 邀请了 {1}</translation>
    </message>
    <message>
        <source>{0} joined</source>
        <translation>{0} 加入了</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>{0} 退出了</translation>
    </message>
    <message>
        <source>{0} declined the invitation</source>
        <translation>{0} 拒绝了邀请</translation>
    </message>
    <message>
        <source>{0} removed {1}</source>
        <translation>{0} 移除了 {1}</translation>
    </message>
    <message>
        <source>{0} banned {1}</source>
        <translation>{0} 封禁了 {1}</translation>
    </message>
    <message>
        <source>{0} changed the name to “{2}”</source>
        <translation>{0} 将名称改为“{2}”</translation>
    </message>
    <message>
        <source>{0} removed the name</source>
        <translation>{0} 删除了名称</translation>
    </message>
    <message>
        <source>{0} changed the topic to “{2}”</source>
        <translation>{0} 将话题改为“{2}”</translation>
    </message>
    <message>
        <source>{0} removed the topic</source>
        <translation>{0} 删除了话题</translation>
    </message>
    <message>
        <source>{0} changed the picture</source>
        <translation>{0} 更换了头像</translation>
    </message>
    <message>
        <source>{0} changed the role of {1}</source>
        <translation>{0} 更改了 {1} 的角色</translation>
    </message>
    <message>
        <source>{0} changed the roles</source>
        <translation>{0} 更改了成员角色</translation>
    </message>
    <message>
        <source>{0} turned on end-to-end encryption. chatdesk cannot read new messages here yet.</source>
        <translation>{0} 开启了端到端加密。chatdesk 暂时无法读取此处的新消息。</translation>
    </message>
    <message>
        <source>1 other change</source>
        <translation>另有 1 项更改</translation>
    </message>
    <message numerus="yes">
        <source>%n other changes</source>
        <translation>
            <numerusform>另有 %n 项更改</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people joined</source>
        <translation>
            <numerusform>%n 人加入了</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people left</source>
        <translation>
            <numerusform>%n 人退出了</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} declined</source>
        <translation>{0} 拒绝了邀请</translation>
    </message>
    <message numerus="yes">
        <source>%n people declined</source>
        <translation>
            <numerusform>%n 人拒绝了邀请</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} was removed</source>
        <translation>{0} 被移除</translation>
    </message>
    <message numerus="yes">
        <source>%n people were removed</source>
        <translation>
            <numerusform>%n 人被移除</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} was banned</source>
        <translation>{0} 被封禁</translation>
    </message>
    <message numerus="yes">
        <source>%n people were banned</source>
        <translation>
            <numerusform>%n 人被封禁</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} was invited</source>
        <translation>{0} 受到邀请</translation>
    </message>
    <message numerus="yes">
        <source>%n people were invited</source>
        <translation>
            <numerusform>%n 人受到邀请</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>You recalled a message</source>
        <translation>你撤回了一条消息</translation>
    </message>
    <message>
        <source>{0} recalled a message</source>
        <translation>{0} 撤回了一条消息</translation>
    </message>
    <message>
        <source>This message is end-to-end encrypted. chatdesk cannot read it yet.</source>
        <translation>此消息已端到端加密，chatdesk 暂时无法读取。</translation>
    </message>
    <message>
        <source>This kind of message cannot be shown yet</source>
        <translation>暂不支持显示此类消息</translation>
    </message>
    <message>
        <source>New messages</source>
        <translation>新消息</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>This message could not be sent.</source>
        <translation>消息发送失败。</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在校验</translation>
    </message>
    <message>
        <source>Moved or deleted</source>
        <translation>已移动或删除</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Download failed</source>
        <translation>下载失败</translation>
    </message>
    <message>
        <source>Sending, {0} %</source>
        <translation>正在发送，{0}%</translation>
    </message>
    <message>
        <source>{0} is typing…</source>
        <translation>{0} 正在输入…</translation>
    </message>
    <message>
        <source>{0} and {1} are typing…</source>
        <translation>{0} 和 {1} 正在输入…</translation>
    </message>
    <message numerus="yes">
        <source>%n people are typing…</source>
        <translation>
            <numerusform>%n 人正在输入…</numerusform>
        </translation>
    </message>
    <message>
        <source>Loading older messages…</source>
        <translation>正在加载更早的消息…</translation>
    </message>
    <message>
        <source>This is the beginning of the conversation</source>
        <translation>已到会话开头</translation>
    </message>
    <message>
        <source>Could not load older messages.</source>
        <translation>无法加载更早的消息。</translation>
    </message>
    <message>
        <source>Loading messages…</source>
        <translation>正在加载消息…</translation>
    </message>
    <message>
        <source>Could not load the messages.</source>
        <translation>无法加载消息。</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>还没有消息</translation>
    </message>
    <message numerus="yes">
        <source>Read by %n</source>
        <translation>
            <numerusform>%n 人已读</numerusform>
        </translation>
    </message>
    <message>
        <source>received</source>
        <translation>已收到</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>等待发送</translation>
    </message>
    <message>
        <source>uploading</source>
        <translation>正在上传</translation>
    </message>
    <message>
        <source>change waiting to be sent</source>
        <translation>修改等待发送</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>read by {0}</source>
        <translation>{0} 已读</translation>
    </message>
    <message>
        <source>read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>not sent: {0}</source>
        <translation>未发送：{0}</translation>
    </message>
    <message>
        <source>being recalled</source>
        <translation>正在撤回</translation>
    </message>
    <message>
        <source>image</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>location</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>emoji</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>notice</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>encrypted content</source>
        <translation>加密内容</translation>
    </message>
    <message>
        <source>other content</source>
        <translation>其他内容</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>有人</translation>
    </message>
    <message>
        <source>you</source>
        <translation>你</translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation>{0} 和 {1}</translation>
    </message>
</context>
</TS>
