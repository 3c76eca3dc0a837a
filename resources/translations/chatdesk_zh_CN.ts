<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AccountPage</name>
    <message>
        <source>Account</source>
        <translation>账号</translation>
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
        <source>Choose a picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Remove the picture</source>
        <translation>移除图片</translation>
    </message>
    <message>
        <source>Your name, as others see it</source>
        <translation>你的昵称（对他人显示）</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the user ID</source>
        <translation>复制用户 ID</translation>
    </message>
    <message>
        <source>Logging out removes what chatdesk stored on this computer. Downloaded files stay.</source>
        <translation>退出登录会删除 chatdesk 在这台电脑上保存的内容，已下载的文件会保留。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
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
        <source>Motion</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>Keep moving pictures still</source>
        <translation>让动图保持静止</translation>
    </message>
    <message>
        <source>They play when you open them. Your system’s own choice counts, too.</source>
        <translation>打开后才会播放。系统自身的设置同样有效。</translation>
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
        <source>Size of the pictures</source>
        <translation>图片尺寸</translation>
    </message>
    <message>
        <source>Original size</source>
        <translation>原始尺寸</translation>
    </message>
    <message>
        <source>At most {0} pixels</source>
        <translation>最大 {0} 像素</translation>
    </message>
    <message>
        <source>Remove location and camera data</source>
        <translation>移除位置和相机信息</translation>
    </message>
    <message>
        <source>Where and with what a picture was taken stays on this computer</source>
        <translation>拍摄地点和设备信息只留在此电脑上</translation>
    </message>
    <message>
        <source>Remove location data</source>
        <translation>移除位置数据</translation>
    </message>
    <message>
        <source>{0}, without location and camera data</source>
        <translation>{0}，不含位置和相机信息</translation>
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
    <message>
        <source>Earlier month</source>
        <translation>上个月</translation>
    </message>
    <message>
        <source>Later month</source>
        <translation>下个月</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年份</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>日期</translation>
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
        <source>Search in this conversation</source>
        <translation>在此会话中搜索</translation>
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
        <source>Go to a date…</source>
        <translation>跳转到日期…</translation>
    </message>
    <message>
        <source>Pictures, files and links</source>
        <translation>图片、文件和链接</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>历史记录…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
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
    <message numerus="yes">
        <source>%n invited</source>
        <translation>
            <numerusform>%n 人已受邀</numerusform>
        </translation>
    </message>
    <message>
        <source>This message is no longer here.</source>
        <translation>这条消息已不在这里。</translation>
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
        <source>Nobody chosen yet</source>
        <translation>尚未选择任何人</translation>
    </message>
    <message>
        <source>Take {0} out</source>
        <translation>移除 {0}</translation>
    </message>
</context>
<context>
    <name>ClearDialog</name>
    <message>
        <source>Clear the history of {0}?</source>
        <translation>清空与“{0}”的聊天记录？</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>&amp;Here only</source>
        <translation>仅在此设备(&amp;H)</translation>
    </message>
    <message>
        <source>Your other devices and everybody else keep the messages.</source>
        <translation>你的其他设备和其他人仍保留这些消息。</translation>
    </message>
    <message>
        <source>On &amp;all my devices</source>
        <translation>在我的所有设备上(&amp;A)</translation>
    </message>
    <message>
        <source>Wherever you use chatdesk with this account. Everybody else keeps the messages.</source>
        <translation>对所有用此账号登录的 chatdesk 生效，其他人仍保留这些消息。</translation>
    </message>
    <message>
        <source>This cannot be undone. What has not been sent yet stays.</source>
        <translation>此操作无法撤销。尚未发送的内容会保留。</translation>
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
        <source>You have blocked this person. Unblock them to write.</source>
        <translation>你已屏蔽此人。解除屏蔽后才能发送。</translation>
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
        <source>&amp;Location…</source>
        <translation>位置(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Voice message</source>
        <translation>语音消息(&amp;V)</translation>
    </message>
    <message>
        <source>Custom &amp;data…</source>
        <translation>自定义数据(&amp;D)…</translation>
    </message>
    <message>
        <source>Keep as private &amp;note</source>
        <translation>存为私密笔记(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Pictures and files…</source>
        <translation>图片和文件(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Sticker…</source>
        <translation>贴纸(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>更多(&amp;M)</translation>
    </message>
    <message>
        <source>More to attach</source>
        <translation>更多可添加的内容</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Folder of stickers</source>
        <translation>贴纸文件夹</translation>
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
        <source>You have blocked this person</source>
        <translation>你已屏蔽此人</translation>
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
        <source>A message was removed</source>
        <translation>一条消息已被移除</translation>
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
        <source>pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>已设免打扰</translation>
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
        <source>marked as unread</source>
        <translation>已标为未读</translation>
    </message>
    <message>
        <source>muted until {0}</source>
        <translation>免打扰至 {0}</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>等待发送</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>read</source>
        <translation>已读</translation>
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
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Search messages for “{0}”</source>
        <translation>在消息中搜索“{0}”</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>No conversation shown here has this name.</source>
        <translation>这里没有叫这个名字的会话。</translation>
    </message>
    <message>
        <source>Nothing unread</source>
        <translation>没有未读消息</translation>
    </message>
    <message>
        <source>You have read everything.</source>
        <translation>所有消息都已读。</translation>
    </message>
    <message>
        <source>No mentions</source>
        <translation>没有人提到你</translation>
    </message>
    <message>
        <source>Nobody mentioned you in what you have not read.</source>
        <translation>未读消息中没有人 @ 你。</translation>
    </message>
    <message>
        <source>No people yet</source>
        <translation>还没有联系人</translation>
    </message>
    <message>
        <source>Write to somebody to see them here.</source>
        <translation>给某人发消息后，会话会显示在这里。</translation>
    </message>
    <message>
        <source>No groups yet</source>
        <translation>还没有群聊</translation>
    </message>
    <message>
        <source>Make a group to see it here.</source>
        <translation>创建群聊后会显示在这里。</translation>
    </message>
    <message>
        <source>Search messages</source>
        <translation>搜索消息</translation>
    </message>
    <message>
        <source>Send to many…</source>
        <translation>群发消息…</translation>
    </message>
    <message>
        <source>Import messages…</source>
        <translation>导入消息…</translation>
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
    <name>ConversationWishes</name>
    <message>
        <source>Block</source>
        <translation>屏蔽</translation>
    </message>
    <message>
        <source>Decline and block</source>
        <translation>拒绝并屏蔽</translation>
    </message>
    <message>
        <source>Block {0}?</source>
        <translation>屏蔽“{0}”？</translation>
    </message>
    <message>
        <source>Their messages and invitations no longer reach you, in groups neither. They are not told. You can unblock them in Settings &gt; Privacy; what they write until then will not come.</source>
        <translation>你将不再收到对方的消息和邀请，群聊中也一样；对方不会得知。你可以在“设置 &gt; 隐私”中解除屏蔽，但在此之前对方发的消息不会补收。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The history of {0} was cleared.</source>
        <translation>已清空与“{0}”的聊天记录。</translation>
    </message>
    <message>
        <source>{0} is blocked.</source>
        <translation>已屏蔽“{0}”。</translation>
    </message>
</context>
<context>
    <name>CustomDialog</name>
    <message>
        <source>Send custom data</source>
        <translation>发送自定义数据</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>For programs. People see the description; “View data” shows them the rest.</source>
        <translation>供程序使用。他人看到的是描述；“查看数据”可显示其余内容。</translation>
    </message>
    <message>
        <source>D&amp;escription</source>
        <translation>描述(&amp;E)</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON 格式</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>&amp;Kind of data</source>
        <translation>数据类型(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>数据(&amp;D)</translation>
    </message>
    <message>
        <source>E&amp;xtension (optional)</source>
        <translation>扩展内容（可选）(&amp;X)</translation>
    </message>
    <message>
        <source>S&amp;ound (optional)</source>
        <translation>声音（可选）(&amp;O)</translation>
    </message>
    <message>
        <source>Sent exactly as it stands here.</source>
        <translation>将按此处内容原样发送。</translation>
    </message>
    <message>
        <source>This is JSON.</source>
        <translation>这是有效的 JSON。</translation>
    </message>
    <message>
        <source>Not JSON from line {0}, column {1} on.</source>
        <translation>从第 {0} 行第 {1} 列起不是 JSON。</translation>
    </message>
    <message>
        <source>This is no JSON: look at line {0}, column {1}. Or send it as plain text.</source>
        <translation>这不是 JSON：请查看第 {0} 行第 {1} 列，或以纯文本发送。</translation>
    </message>
    <message>
        <source>This is too long for a message. Send it as a file.</source>
        <translation>内容过长，无法作为消息发送。请以文件形式发送。</translation>
    </message>
</context>
<context>
    <name>DateJump</name>
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
        <source>Nobody else and no other device has this: after ten seconds it cannot be brought back.</source>
        <translation>其他人和其他设备都没有此内容：十秒后将无法恢复。</translation>
    </message>
    <message>
        <source>From this &amp;computer</source>
        <translation>从此计算机(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Here only</source>
        <translation>仅在此处(&amp;H)</translation>
    </message>
    <message>
        <source>It stays on your other devices and with everybody else.</source>
        <translation>您的其他设备和其他人那里仍会保留。</translation>
    </message>
    <message>
        <source>Wherever you use chatdesk with this account. Others still see it.</source>
        <translation>在您使用此账号登录 chatdesk 的所有位置删除。他人仍能看到。</translation>
    </message>
    <message>
        <source>It is recalled. This cannot be undone, and people may have read it already.</source>
        <translation>消息将被撤回。此操作无法撤销，他人可能已经看过。</translation>
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
        <translation>此账号使用 chatdesk 的所有设备都会删除，其他人仍能看到。</translation>
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
    <name>DeviceRow</name>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Rename {0}</source>
        <translation>重命名 {0}</translation>
    </message>
    <message>
        <source>Sign out…</source>
        <translation>退出登录…</translation>
    </message>
    <message>
        <source>Sign out {0}</source>
        <translation>让 {0} 退出登录</translation>
    </message>
</context>
<context>
    <name>DevicesModel</name>
    <message>
        <source>This device</source>
        <translation>此设备</translation>
    </message>
    <message>
        <source>Last seen {0}</source>
        <translation>上次活动：{0}</translation>
    </message>
    <message>
        <source>Not seen yet</source>
        <translation>尚未活动</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Every place where you are logged in. Sign out what you do not know or no longer use.</source>
        <translation>你登录过的所有设备。请让不认识或不再使用的设备退出登录。</translation>
    </message>
    <message>
        <source>Sign out all other devices…</source>
        <translation>退出其他所有设备…</translation>
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
        <source>A message to many people is still being sent: {0}</source>
        <translation>群发消息仍在发送中：{0}</translation>
    </message>
    <message>
        <source>Send to many: {0}</source>
        <translation>群发消息：{0}</translation>
    </message>
    <message>
        <source>Write to {0}?</source>
        <translation>给 {0} 发消息？</translation>
    </message>
    <message>
        <source>There is no conversation with them yet. They are invited to one.</source>
        <translation>你们之间还没有会话，将邀请对方加入新会话。</translation>
    </message>
    <message>
        <source>Start a conversation</source>
        <translation>发起会话</translation>
    </message>
    <message>
        <source>Join {0}?</source>
        <translation>加入“{0}”？</translation>
    </message>
    <message>
        <source>You are not in this group. Its members will see that you joined.</source>
        <translation>你还不在这个群里。群成员会看到你加入了。</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>加入</translation>
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
        <translation>要退出账号 {0} 吗？</translation>
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
        <source>Go to message</source>
        <translation>定位到消息</translation>
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
        <source>Remove from list</source>
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
        <source>This server cannot continue a download; it began again</source>
        <translation>此服务器无法续传，已重新开始下载</translation>
    </message>
    <message>
        <source>The file on the server was changed; it began again</source>
        <translation>服务器上的文件已更改，已重新开始下载</translation>
    </message>
    <message>
        <source>Checked: unchanged</source>
        <translation>已校验：未更改</translation>
    </message>
    <message>
        <source>Checked: changed since it was downloaded</source>
        <translation>已校验：下载后有更改</translation>
    </message>
    <message>
        <source>The message of this file is no longer here.</source>
        <translation>此文件所在的消息已不在这里。</translation>
    </message>
    <message>
        <source>{0}: 50 %</source>
        <translation>{0}：50%</translation>
    </message>
    <message>
        <source>{0} is downloaded</source>
        <translation>{0} 已下载</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
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
        <source>No sticker found</source>
        <translation>未找到贴纸</translation>
    </message>
    <message>
        <source>No emoji found</source>
        <translation>未找到表情</translation>
    </message>
    <message>
        <source>Others see this name, or their own picture.</source>
        <translation>他人看到的是此名称或他们自己的图片。</translation>
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
    <name>ExportDialog</name>
    <message>
        <source>Export the conversation</source>
        <translation>导出会话</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Page for a browser, with small pictures</source>
        <translation>网页（含缩略图）</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>JSON in the SDK&apos;s shapes, can be imported again</source>
        <translation>SDK 格式的 JSON，可再次导入</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>格式(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Put all files into a folder beside it, pictures in full size</source>
        <translation>将所有文件放入旁边的文件夹，图片为原始大小(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Only between these days</source>
        <translation>仅限以下日期之间(&amp;O)</translation>
    </message>
    <message>
        <source>From</source>
        <translation>发送者</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>至</translation>
    </message>
    <message>
        <source>&amp;Fetch what is missing here from the server first</source>
        <translation>先从服务器获取缺少的消息(&amp;F)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
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
        <source>This file could not be fetched.</source>
        <translation>无法获取此文件。</translation>
    </message>
    <message>
        <source>In the folder beside this page. It could run something: open it only if you trust it.</source>
        <translation>位于此页面旁边的文件夹中。它可能会运行程序：请仅在信任时打开。</translation>
    </message>
    <message numerus="yes">
        <source>%n messages written</source>
        <translation>
            <numerusform>已写入 %n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files saved</source>
        <translation>
            <numerusform>已保存 %n 个文件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportModel</name>
    <message>
        <source>The export was stopped; no file was written.</source>
        <translation>导出已停止，没有写入文件。</translation>
    </message>
    <message numerus="yes">
        <source>%n messages are in {0}</source>
        <translation>
            <numerusform>%n 条消息已导出到 {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are in the folder beside it</source>
        <translation>
            <numerusform>旁边的文件夹中有 %n 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files could not be fetched and are only named</source>
        <translation>
            <numerusform>%n 个文件无法获取，仅列出名称</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FaceGrid</name>
    <message>
        <source>Stickers</source>
        <translation>贴纸</translation>
    </message>
</context>
<context>
    <name>FaceTabs</name>
    <message>
        <source>Sets of stickers</source>
        <translation>贴纸组</translation>
    </message>
    <message>
        <source>Choose a folder of stickers…</source>
        <translation>选择贴纸文件夹…</translation>
    </message>
    <message>
        <source>There are no pictures in this folder.</source>
        <translation>此文件夹中没有图片。</translation>
    </message>
    <message>
        <source>Stickers: {0}</source>
        <translation>贴纸：{0}</translation>
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
        <source>chatdesk does not know this kind of file and cannot say what opening it does. Open it only if you know who sent it and were expecting it.</source>
        <translation>chatdesk 不认识此类文件，无法判断打开后会发生什么。只有在你知道发送者且正等待此文件时才打开。</translation>
    </message>
    <message>
        <source>The folder {0} is not there any more.</source>
        <translation>文件夹 {0} 已不存在。</translation>
    </message>
    <message>
        <source>No program was found that shows folders. This one is {0}.</source>
        <translation>未找到可显示文件夹的程序。该文件夹为 {0}。</translation>
    </message>
    <message>
        <source>No program opens {0}</source>
        <translation>没有程序可以打开 {0}</translation>
    </message>
    <message>
        <source>This computer has no program for this kind of file, or it could not be started. Its folder is {0}.</source>
        <translation>此计算机没有适用于此类文件的程序，或程序无法启动。其所在文件夹为 {0}。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FilmBar</name>
    <message>
        <source>Play (K)</source>
        <translation>播放 (K)</translation>
    </message>
    <message>
        <source>Place in the video</source>
        <translation>播放进度</translation>
    </message>
    <message>
        <source>Pause (K)</source>
        <translation>暂停 (K)</translation>
    </message>
    <message>
        <source>Speed: {0}</source>
        <translation>速度：{0}</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Which conversations to show</source>
        <translation>显示哪些会话</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Every conversation</source>
        <translation>所有会话</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>未读</translation>
    </message>
    <message>
        <source>Conversations with something unread</source>
        <translation>有未读消息的会话</translation>
    </message>
    <message>
        <source>Mentions</source>
        <translation>@我</translation>
    </message>
    <message>
        <source>Conversations in which you were mentioned</source>
        <translation>有人 @ 你的会话</translation>
    </message>
    <message>
        <source>People</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Conversations with one person</source>
        <translation>单聊会话</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>群聊</translation>
    </message>
    <message>
        <source>Conversations of a group</source>
        <translation>群聊会话</translation>
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
    <name>Gallery</name>
    <message>
        <source>chatdesk cannot play this here. It is opened with the system&apos;s program.</source>
        <translation>chatdesk 无法在此播放，将用系统程序打开。</translation>
    </message>
    <message>
        <source>This picture cannot be copied.</source>
        <translation>无法复制这张图片。</translation>
    </message>
    <message>
        <source>The picture was copied.</source>
        <translation>图片已复制。</translation>
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
        <source>Starting</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Start with the computer</source>
        <translation>开机时启动</translation>
    </message>
    <message>
        <source>Not for the people of “chatdesk try”: they are only there while it runs. Log in to an account.</source>
        <translation>不适用于“chatdesk try”中的人物：他们只在其运行期间存在。请登录一个账号。</translation>
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
    <name>GroupDialog</name>
    <message>
        <source>Group details</source>
        <translation>群资料</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Remove the picture</source>
        <translation>移除图片</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Topic</source>
        <translation>群公告(&amp;T)</translation>
    </message>
    <message>
        <source>Only people with a role in this group can change what is grey.</source>
        <translation>灰色项目只有群管理员可以修改。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
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
    <name>ImportDialog</name>
    <message>
        <source>Import messages</source>
        <translation>导入消息</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>From a file that chatdesk exported, or one that another program wrote for it. The messages stay on this computer and are marked as imported.</source>
        <translation>来自 chatdesk 导出的文件，或其他程序为其生成的文件。消息只保存在此计算机上，并标记为已导入。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Undo this import</source>
        <translation>撤销此次导入</translation>
    </message>
    <message>
        <source>Into the &amp;conversation</source>
        <translation>导入到会话(&amp;C)</translation>
    </message>
    <message>
        <source>Earlier imports</source>
        <translation>之前的导入</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Messages (*.json);;All files (*)</source>
        <translation>消息 (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0}/{1}</translation>
    </message>
    <message numerus="yes">
        <source>{0}: %n messages, in {1}, {2}</source>
        <translation>
            <numerusform>{0}：%n 条消息，{1}，{2}</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo the import of {0}</source>
        <translation>撤销对 {0} 的导入</translation>
    </message>
</context>
<context>
    <name>ImportModel</name>
    <message>
        <source>1 message</source>
        <translation>1 条消息</translation>
    </message>
    <message numerus="yes">
        <source>%n messages</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>from {0} to {1}</source>
        <translation>{0} 至 {1}</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>等另外 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>by {0}</source>
        <translation>发送者：{0}</translation>
    </message>
    <message numerus="yes">
        <source>They come from %n conversations and all go into one.</source>
        <translation>
            <numerusform>它们来自 %n 个会话，将全部导入同一会话。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Left out, lines of the system: %n</source>
        <translation>
            <numerusform>跳过的系统消息：%n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Left out, messages with nothing in them: %n</source>
        <translation>
            <numerusform>跳过的空消息：%n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Left out, entries that are no messages: %n</source>
        <translation>
            <numerusform>跳过的非消息条目：%n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>The import was stopped; nothing of it is left.</source>
        <translation>导入已停止，没有留下任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n messages imported.</source>
        <translation>
            <numerusform>已导入 %n 条消息。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were here already.</source>
        <translation>
            <numerusform>%n 条已存在。</numerusform>
        </translation>
    </message>
    <message>
        <source>The import of {0} has been undone.</source>
        <translation>已撤销对 {0} 的导入。</translation>
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
        <source>Decline and block…</source>
        <translation>拒绝并屏蔽…</translation>
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
    <name>InvitationSection</name>
    <message>
        <source>Invitations</source>
        <translation>邀请</translation>
    </message>
    <message numerus="yes">
        <source>Invitations · %n</source>
        <translation>
            <numerusform>邀请 · %n</numerusform>
        </translation>
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
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message numerus="yes">
        <source>Jump to newest, %n new messages</source>
        <translation>
            <numerusform>跳到最新消息，%n 条新消息</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} new</source>
        <translation>{0} 条新消息</translation>
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
    <name>LevelMeter</name>
    <message>
        <source>Level of the microphone</source>
        <translation>麦克风音量</translation>
    </message>
</context>
<context>
    <name>LinkOpener</name>
    <message>
        <source>This message was deleted on this computer.</source>
        <translation>这条消息已在此电脑上删除。</translation>
    </message>
    <message>
        <source>This message cannot be found. It may have been deleted, or you may not see it.</source>
        <translation>找不到这条消息。它可能已被删除，或者你无权查看。</translation>
    </message>
</context>
<context>
    <name>Lists</name>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation>{0}和{1}</translation>
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
        <translation>可使用任意 Matrix 服务器上的账号。</translation>
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
        <source>Proxy…</source>
        <translation>代理…</translation>
    </message>
    <message>
        <source>If your user ID is @ben:example.org, your server is example.org and your user name is ben. No account yet? Make one on the website of a Matrix server, or ask whoever runs yours: chatdesk cannot make accounts.</source>
        <translation>如果您的用户 ID 是 @ben:example.org，则服务器是 example.org，用户名是 ben。还没有账号？请在某个 Matrix 服务器的网站上注册，或询问服务器管理员：chatdesk 无法创建账号。</translation>
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
    <name>MailingDialog</name>
    <message>
        <source>Send to many</source>
        <translation>群发消息</translation>
    </message>
    <message>
        <source>Attach files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Write another</source>
        <translation>再写一条</translation>
    </message>
    <message>
        <source>Last result</source>
        <translation>上次结果</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>收件人(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>消息(&amp;M)</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Each person gets it in the conversation with them. Nobody sees who else did.</source>
        <translation>每个人都会在与你的单聊中收到，互相看不到还发给了谁。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Try 1 again</source>
        <translation>重试 1 条</translation>
    </message>
    <message numerus="yes">
        <source>Try %n again</source>
        <translation>
            <numerusform>重试 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Send to 1 person</source>
        <translation>发送给 1 人</translation>
    </message>
    <message numerus="yes">
        <source>Send to %n people</source>
        <translation>
            <numerusform>发送给 %n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>另存为 CSV</translation>
    </message>
</context>
<context>
    <name>MailingModel</name>
    <message numerus="yes">
        <source>%n sent</source>
        <translation>
            <numerusform>%n 条已发送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 条失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 条等待中</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>MailingPreview</name>
    <message>
        <source>The message</source>
        <translation>消息内容</translation>
    </message>
    <message numerus="yes">
        <source>{0} and %n more</source>
        <translation>
            <numerusform>{0} 等另外 %n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>To: {0}</source>
        <translation>收件人：{0}</translation>
    </message>
    <message>
        <source>1 of them has no conversation with you yet and is invited to one.</source>
        <translation>其中 1 人与你还没有会话，将被邀请加入新会话。</translation>
    </message>
    <message numerus="yes">
        <source>%n of them have no conversation with you yet and are invited to one.</source>
        <translation>
            <numerusform>其中 %n 人与你还没有会话，将被邀请加入新会话。</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
</context>
<context>
    <name>MailingResults</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>The table is in {0}</source>
        <translation>表格已保存到 {0}</translation>
    </message>
    <message>
        <source>Open the conversation</source>
        <translation>打开会话</translation>
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
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>This is no address of a person, a group or a message: {0}</source>
        <translation>这不是联系人、群聊或消息的地址：{0}</translation>
    </message>
</context>
<context>
    <name>MediaPane</name>
    <message>
        <source>Pictures, files and links</source>
        <translation>图片、文件和链接</translation>
    </message>
    <message>
        <source>Close pictures, files and links</source>
        <translation>关闭图片、文件和链接</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation>按名称搜索</translation>
    </message>
    <message>
        <source>What was sent</source>
        <translation>发送过的内容</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Try another name, or a part of it.</source>
        <translation>请换个名称，或只输入一部分。</translation>
    </message>
    <message>
        <source>What is sent in this conversation is collected here.</source>
        <translation>此会话中发送的内容会汇集在这里。</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>这里还没有内容</translation>
    </message>
    <message>
        <source>Go to message</source>
        <translation>定位到消息</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Copy link address</source>
        <translation>复制链接地址</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
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
        <source>Owner</source>
        <translation>群主</translation>
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
        <source>Copy picture</source>
        <translation>复制图片</translation>
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
        <source>Copy the file</source>
        <translation>复制文件</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>重新下载</translation>
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
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
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
        <source>Remove for everyone…</source>
        <translation>为所有人移除…</translation>
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
        <source>View data…</source>
        <translation>查看数据…</translation>
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
    <message>
        <source>Nothing was said on that day.</source>
        <translation>那天没有消息。</translation>
    </message>
</context>
<context>
    <name>MicrophoneChoice</name>
    <message>
        <source>The system&apos;s choice</source>
        <translation>由系统选择</translation>
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
        <source>Change your private note</source>
        <translation>修改私密笔记</translation>
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
    <name>Navigator</name>
    <message>
        <source>New conversation</source>
        <translation>新建会话</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>新建群聊</translation>
    </message>
    <message>
        <source>Send to many</source>
        <translation>群发消息</translation>
    </message>
    <message>
        <source>Import messages</source>
        <translation>导入消息</translation>
    </message>
    <message>
        <source>Search messages</source>
        <translation>搜索消息</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
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
        <source>Log out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Quit chatdesk</source>
        <translation>退出 chatdesk</translation>
    </message>
    <message>
        <source>Pictures, files and links</source>
        <translation>图片、文件和链接</translation>
    </message>
    <message>
        <source>History of this conversation</source>
        <translation>此会话的历史记录</translation>
    </message>
    <message>
        <source>Export this conversation</source>
        <translation>导出此会话</translation>
    </message>
    <message>
        <source>Settings: {0}</source>
        <translation>设置：{0}</translation>
    </message>
</context>
<context>
    <name>NetworkPage</name>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>SOCKS5</source>
        <translation>SOCKS5</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>端口(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;User name, if it wants one</source>
        <translation>用户名（如需要）(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>It holds at once. A server on this computer is reached directly.</source>
        <translation>立即生效。本机上的服务器始终直接连接。</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>正在测试…</translation>
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
        <source>Play a sound</source>
        <translation>播放提示音</translation>
    </message>
    <message>
        <source>Notify me about</source>
        <translation>通知范围</translation>
    </message>
    <message>
        <source>Every message</source>
        <translation>所有消息</translation>
    </message>
    <message>
        <source>Only what is addressed to me</source>
        <translation>仅与我有关的消息</translation>
    </message>
    <message>
        <source>That is one-to-one conversations, and messages of groups that mention you.</source>
        <translation>即单聊消息，以及群聊中 @ 你的消息。</translation>
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
    <message>
        <source>Quiet until tomorrow morning</source>
        <translation>免打扰至明早</translation>
    </message>
    <message>
        <source>End the pause</source>
        <translation>结束免打扰</translation>
    </message>
    <message>
        <source>Quiet every day between these times</source>
        <translation>每天在以下时段免打扰</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>免打扰开始时间</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>免打扰结束时间</translation>
    </message>
    <message>
        <source>Quiet until {0}.</source>
        <translation>免打扰至 {0}。</translation>
    </message>
</context>
<context>
    <name>OwnPicture</name>
    <message>
        <source>Your picture</source>
        <translation>你的头像</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>还没有头像</translation>
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
        <source>If you have forgotten it, you can log in again with your password.</source>
        <translation>如果忘记了口令，可以用密码重新登录。</translation>
    </message>
    <message>
        <source>Log in again…</source>
        <translation>重新登录…</translation>
    </message>
    <message>
        <source>Passphrase &amp;again</source>
        <translation>再次输入口令(&amp;A)</translation>
    </message>
    <message>
        <source>Log in again?</source>
        <translation>要重新登录吗？</translation>
    </message>
    <message>
        <source>Your messages come back from the server. What only this computer had is lost: private notes, imported messages, and what has not been sent.</source>
        <translation>你的消息会从服务器重新取回。只在这台电脑上的内容会丢失：私人笔记、导入的消息和尚未发送的内容。</translation>
    </message>
    <message>
        <source>Remove and log in</source>
        <translation>移除并登录</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
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
    <name>PastDialog</name>
    <message>
        <source>History of {0}</source>
        <translation>{0} 的历史记录</translation>
    </message>
    <message>
        <source>Fetch all</source>
        <translation>全部获取</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>&amp;Keep all of it on this computer</source>
        <translation>将全部内容保留在此计算机上(&amp;K)</translation>
    </message>
    <message>
        <source>What is missing is fetched by itself then, also after a long time offline.</source>
        <translation>缺少的内容将自动获取，即使长时间离线之后也是如此。</translation>
    </message>
</context>
<context>
    <name>PastModel</name>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>No messages are on this computer yet.</source>
        <translation>此计算机上还没有消息。</translation>
    </message>
    <message numerus="yes">
        <source>%n messages are on this computer.</source>
        <translation>
            <numerusform>此计算机上有 %n 条消息。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are nowhere else.</source>
        <translation>
            <numerusform>其中 %n 条仅存于此处。</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting for the server…</source>
        <translation>正在等待服务器…</translation>
    </message>
    <message numerus="yes">
        <source>Fetching… %n messages so far</source>
        <translation>
            <numerusform>正在获取…已获取 %n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything since {0} is here. What is older is on the server.</source>
        <translation>自 {0} 以来的全部消息都在此计算机上，更早的在服务器上。</translation>
    </message>
    <message>
        <source>The server does not show this account what was before {0}.</source>
        <translation>服务器不向此账号显示 {0} 之前的内容。</translation>
    </message>
    <message>
        <source>What was before {0} has been cleared.</source>
        <translation>{0} 之前的内容已被清除。</translation>
    </message>
    <message>
        <source>The server does not give some of it to this account.</source>
        <translation>服务器未将其中一部分提供给此账号。</translation>
    </message>
    <message>
        <source>Everything ever said here is on this computer.</source>
        <translation>此会话的全部内容都在此计算机上。</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在此计算机上</translation>
    </message>
    <message>
        <source>On the server</source>
        <translation>在服务器上</translation>
    </message>
    <message>
        <source>Not to be had</source>
        <translation>无法获取</translation>
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
    <name>PictureViewer</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Fit into the window (0)</source>
        <translation>适应窗口 (0)</translation>
    </message>
    <message>
        <source>Copy (Ctrl+C)</source>
        <translation>复制 (Ctrl+C)</translation>
    </message>
    <message>
        <source>Save as… (Ctrl+S)</source>
        <translation>另存为… (Ctrl+S)</translation>
    </message>
    <message>
        <source>Open with the system&apos;s program (Ctrl+O)</source>
        <translation>用系统程序打开 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Show in conversation</source>
        <translation>在会话中定位</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Loading the picture</source>
        <translation>正在加载图片</translation>
    </message>
    <message>
        <source>chatdesk cannot play this here. It is opened with the system&apos;s program.</source>
        <translation>chatdesk 无法在此播放，将用系统程序打开。</translation>
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
        <source>Picture {0}</source>
        <translation>图片 {0}</translation>
    </message>
    <message>
        <source>The file itself can still be saved.</source>
        <translation>仍可保存原文件。</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
    </message>
    <message>
        <source>The picture was copied.</source>
        <translation>图片已复制。</translation>
    </message>
</context>
<context>
    <name>PictureWords</name>
    <message>
        <source>The picture is not here yet</source>
        <translation>图片尚未加载</translation>
    </message>
    <message>
        <source>This file is not a picture</source>
        <translation>此文件不是图片</translation>
    </message>
    <message>
        <source>This kind of picture is not shown here</source>
        <translation>不支持显示此类图片</translation>
    </message>
    <message>
        <source>Drawings are not shown here: they can refer to other files</source>
        <translation>不显示矢量图：它可能引用其他文件</translation>
    </message>
    <message>
        <source>The picture is too large to be shown here</source>
        <translation>图片太大，无法在此显示</translation>
    </message>
    <message>
        <source>The picture is damaged or not whole</source>
        <translation>图片已损坏或不完整</translation>
    </message>
    <message>
        <source>{0}: {1}. Click to save the file.</source>
        <translation>{0}：{1}。点击保存文件。</translation>
    </message>
</context>
<context>
    <name>PinnedBar</name>
    <message>
        <source>Pinned messages</source>
        <translation>置顶消息</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>第 {0} 条，共 {1} 条</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Unpin the message shown</source>
        <translation>取消置顶当前显示的消息</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Encrypted message</source>
        <translation>加密消息</translation>
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
        <source>Location</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>What others see</source>
        <translation>他人可见</translation>
    </message>
    <message>
        <source>Show others what I have read</source>
        <translation>发送已读回执</translation>
    </message>
    <message>
        <source>Without it only your own devices know. Servers may still keep when you were here.</source>
        <translation>关闭后只有你自己的设备知道。服务器仍可能记录你的活动时间。</translation>
    </message>
    <message>
        <source>Show others when I am typing</source>
        <translation>让他人看到我正在输入</translation>
    </message>
    <message>
        <source>Blocked people</source>
        <translation>已屏蔽的人</translation>
    </message>
    <message>
        <source>Their messages and invitations do not reach you. They are not told.</source>
        <translation>你不会收到他们的消息和邀请；他们不会得知。</translation>
    </message>
    <message>
        <source>Nobody is blocked.</source>
        <translation>没有屏蔽任何人。</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>解除屏蔽</translation>
    </message>
    <message>
        <source>Unblock {0}</source>
        <translation>解除屏蔽 {0}</translation>
    </message>
</context>
<context>
    <name>ProxyDialog</name>
    <message>
        <source>How to reach the server</source>
        <translation>如何连接服务器</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ProxyModel</name>
    <message>
        <source>It works: the server answered in {0} ms.</source>
        <translation>连接成功：服务器在 {0} 毫秒内响应。</translation>
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
    <name>RecordBar</name>
    <message>
        <source>Recording a voice message</source>
        <translation>正在录制语音消息</translation>
    </message>
    <message>
        <source>Microphone for the next recording</source>
        <translation>下次录音使用的麦克风</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>You can listen before you send</source>
        <translation>发送前可以试听</translation>
    </message>
    <message>
        <source>Let go to finish</source>
        <translation>松开以完成</translation>
    </message>
    <message>
        <source>Let go to discard</source>
        <translation>松开以放弃</translation>
    </message>
    <message>
        <source>Nothing is heard. Is the microphone on?</source>
        <translation>没有声音。麦克风打开了吗？</translation>
    </message>
    <message>
        <source>Recording · {0}</source>
        <translation>录音中 · {0}</translation>
    </message>
</context>
<context>
    <name>Recorder</name>
    <message>
        <source>This build of chatdesk comes without Qt Multimedia, which voice messages need.</source>
        <translation>此版本的 chatdesk 不含语音消息所需的 Qt Multimedia。</translation>
    </message>
    <message>
        <source>Voice messages need Qt Multimedia. Install it with: pip install &quot;chatdesk[media]&quot;</source>
        <translation>语音消息需要 Qt Multimedia。安装方法：pip install &quot;chatdesk[media]&quot;</translation>
    </message>
    <message>
        <source>Voice messages need something that your system lacks: {0}.</source>
        <translation>语音消息需要系统中缺少的组件：{0}。</translation>
    </message>
    <message>
        <source>On Debian and Ubuntu: sudo apt install libpulse0</source>
        <translation>在 Debian 和 Ubuntu 上：sudo apt install libpulse0（请在终端中运行）</translation>
    </message>
    <message>
        <source>No microphone was found. Connect one and try again.</source>
        <translation>找不到麦克风。请连接后重试。</translation>
    </message>
    <message>
        <source>Nothing on this computer can turn sound into a file that others can play.</source>
        <translation>此计算机无法将声音转换为他人可以播放的文件。</translation>
    </message>
    <message>
        <source>Voice message</source>
        <translation>语音消息</translation>
    </message>
    <message>
        <source>Recording failed: {0}</source>
        <translation>录音失败：{0}</translation>
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
        <source>private note</source>
        <translation>私密笔记</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>forwarded</source>
        <translation>转发</translation>
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
    <name>RenameDialog</name>
    <message>
        <source>Rename this device</source>
        <translation>重命名此设备</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
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
    <name>SearchModel</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
</context>
<context>
    <name>SearchPane</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭搜索</translation>
    </message>
    <message>
        <source>Search messages</source>
        <translation>搜索消息</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>From</source>
        <translation>发送者</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Sound and video</source>
        <translation>音频和视频</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Last 12 months</source>
        <translation>最近 12 个月</translation>
    </message>
    <message>
        <source>Found messages</source>
        <translation>找到的消息</translation>
    </message>
    <message>
        <source>Search everywhere</source>
        <translation>在所有会话中搜索</translation>
    </message>
    <message>
        <source>Fetch older</source>
        <translation>获取更早消息</translation>
    </message>
    <message>
        <source>In {0}</source>
        <translation>在“{0}”中</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>所有会话</translation>
    </message>
    <message>
        <source>From anybody</source>
        <translation>任何人</translation>
    </message>
    <message>
        <source>Find what was said</source>
        <translation>查找聊天内容</translation>
    </message>
    <message>
        <source>Words in any order, beginnings of words, names of files.</source>
        <translation>可输入任意顺序的词、词的开头或文件名。</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Try other words or fewer filters.</source>
        <translation>请换些词，或减少筛选条件。</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Fetching older messages…</source>
        <translation>正在获取更早的消息…</translation>
    </message>
    <message>
        <source>Everything ever said here is searched.</source>
        <translation>已搜索此会话的全部消息。</translation>
    </message>
    <message>
        <source>Everything is searched.</source>
        <translation>已搜索全部消息。</translation>
    </message>
    <message>
        <source>Messages since {0} are on this computer and searched.</source>
        <translation>已搜索此电脑上 {0} 以来的消息。</translation>
    </message>
    <message>
        <source>Messages since {0} are searched in every conversation. For older ones, open a conversation, search in it and fetch them there.</source>
        <translation>所有会话中自 {0} 以来的消息均可搜索。要搜索更早的消息，请打开某个会话，在其中搜索并获取更早的消息。</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>A latitude lies between -90 and 90. It comes first.</source>
        <translation>纬度在 -90 到 90 之间，写在前面。</translation>
    </message>
    <message>
        <source>A longitude lies between -180 and 180. It comes second.</source>
        <translation>经度在 -180 到 180 之间，写在后面。</translation>
    </message>
    <message>
        <source>A message that was recalled cannot be forwarded.</source>
        <translation>已撤回的消息不能转发。</translation>
    </message>
    <message>
        <source>A name is missing.</source>
        <translation>缺少名称。</translation>
    </message>
    <message>
        <source>A saved message cannot be on its way.</source>
        <translation>保存的消息不能处于发送中。</translation>
    </message>
    <message>
        <source>An encrypted message that cannot be read cannot be forwarded.</source>
        <translation>无法解密的消息不能转发。</translation>
    </message>
    <message>
        <source>Another chatdesk already runs its private server in {folder}</source>
        <translation>另一个 chatdesk 已在 {folder} 中运行其私有服务器</translation>
    </message>
    <message>
        <source>Choose somebody to send this to.</source>
        <translation>请选择收件人。</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>设备或资源忙</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>Give the group a name.</source>
        <translation>请输入群名称。</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入/输出错误</translation>
    </message>
    <message>
        <source>Invalid argument</source>
        <translation>参数无效</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是一个文件夹</translation>
    </message>
    <message>
        <source>No secure connection to {server} is possible.</source>
        <translation>无法与 {server} 建立安全连接。</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有此文件或文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>Only a message that has been sent can be pinned.</source>
        <translation>只有已发送的消息才能置顶。</translation>
    </message>
    <message>
        <source>Only your own messages can be edited.</source>
        <translation>只能编辑自己的消息。</translation>
    </message>
    <message>
        <source>Only your own messages can be taken back here.</source>
        <translation>在这里只能撤回自己的消息。</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许此操作</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>Preparing two people and their first conversations…</source>
        <translation>正在准备两个用户和他们的第一批会话…</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统只读</translation>
    </message>
    <message>
        <source>Send to at most {most} people at once.</source>
        <translation>一次最多发送给 {most} 人。</translation>
    </message>
    <message>
        <source>Something between here and {server} answers in its place.</source>
        <translation>你与 {server} 之间有其他设备代其作出响应。</translation>
    </message>
    <message>
        <source>Something went wrong in chatdesk.</source>
        <translation>chatdesk 出现问题。</translation>
    </message>
    <message>
        <source>That is your own name. Choose somebody else to talk to.</source>
        <translation>这是你自己的名字，请选择其他人聊天。</translation>
    </message>
    <message>
        <source>The certificate of {server} cannot be trusted, so nothing was sent. Check the address and this computer&apos;s clock, or ask whoever runs the server.</source>
        <translation>{server} 的证书不可信，因此没有发送任何内容。请检查地址和此电脑的时间，或询问服务器管理员。</translation>
    </message>
    <message>
        <source>The connection broke before the whole file was there. Try again.</source>
        <translation>文件尚未传完，连接已中断。请重试。</translation>
    </message>
    <message>
        <source>The connection to the server is closed.</source>
        <translation>与服务器的连接已关闭。</translation>
    </message>
    <message>
        <source>The connection to {server} broke.</source>
        <translation>与 {server} 的连接已中断。</translation>
    </message>
    <message>
        <source>The damaged message store {path} cannot be replaced: {reason}.</source>
        <translation>无法替换损坏的消息库 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The disk is full. Free some space; nothing already stored is lost.</source>
        <translation>磁盘已满。请腾出空间；已保存的内容不会丢失。</translation>
    </message>
    <message>
        <source>The file arrives damaged. Try again.</source>
        <translation>收到的文件已损坏，请重试。</translation>
    </message>
    <message>
        <source>The file {name} cannot be read: {reason}</source>
        <translation>无法读取文件 {name}：{reason}</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written to: {reason}.</source>
        <translation>无法写入文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The folder {folder} is not there.</source>
        <translation>文件夹 {folder} 不存在。</translation>
    </message>
    <message>
        <source>The key does not open the message store {path}. Use the key or passphrase it was made with, or log in again with another --profile.</source>
        <translation>密钥无法打开消息库 {path}。请使用创建它时的密钥或口令，或用另一个 --profile 重新登录。</translation>
    </message>
    <message>
        <source>The key file {path} cannot be read: {reason}.</source>
        <translation>无法读取密钥文件 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The key of the message store must have 32 bytes.</source>
        <translation>消息库的密钥必须为 32 字节。</translation>
    </message>
    <message>
        <source>The message could not be recalled: {reason}</source>
        <translation>无法撤回消息：{reason}</translation>
    </message>
    <message>
        <source>The message store failed: {reason}</source>
        <translation>消息库出错：{reason}</translation>
    </message>
    <message>
        <source>The message store is closed.</source>
        <translation>消息库已关闭。</translation>
    </message>
    <message>
        <source>The message store {path} cannot be opened: {reason}. Check that its folder belongs to you and that the disk is not write-protected.</source>
        <translation>无法打开消息库 {path}：{reason}。请确认其文件夹归你所有，且磁盘未写保护。</translation>
    </message>
    <message>
        <source>The message store {path} cannot be written. Check that its folder and everything in it belongs to you and that the disk is not write-protected.</source>
        <translation>无法写入消息库 {path}。请确认其文件夹及其中所有内容归你所有，且磁盘未写保护。</translation>
    </message>
    <message>
        <source>The message store {path} is damaged.</source>
        <translation>消息库 {path} 已损坏。</translation>
    </message>
    <message>
        <source>The message store {path} is damaged. Close chatdesk and start it again: it then saves what can be saved.</source>
        <translation>消息库 {path} 已损坏。请关闭并重新启动 chatdesk，它会挽救可恢复的内容。</translation>
    </message>
    <message>
        <source>The message was taken back, so its file is not downloaded.</source>
        <translation>消息已撤回，因此未下载其文件。</translation>
    </message>
    <message>
        <source>The message was taken back, so its files are not sent.</source>
        <translation>消息已撤回，因此未发送其文件。</translation>
    </message>
    <message>
        <source>The passphrase is needed to open the messages of this profile.</source>
        <translation>需要口令才能打开此配置的消息。</translation>
    </message>
    <message>
        <source>The password is wrong.</source>
        <translation>密码错误。</translation>
    </message>
    <message>
        <source>The preview is larger than {most} MB.</source>
        <translation>预览图超过 {most} MB。</translation>
    </message>
    <message>
        <source>The private server cannot be prepared in {folder}: {why}</source>
        <translation>无法在 {folder} 中准备私有服务器：{why}</translation>
    </message>
    <message>
        <source>The private server cannot use {folder}: {why}</source>
        <translation>私有服务器无法使用 {folder}：{why}</translation>
    </message>
    <message>
        <source>The private server could not be prepared. See {path}.</source>
        <translation>无法准备私有服务器。请查看 {path}。</translation>
    </message>
    <message>
        <source>The private server did not answer within {seconds} s: {words}</source>
        <translation>私有服务器在 {seconds} 秒内没有响应：{words}</translation>
    </message>
    <message>
        <source>The private server ended while starting: {words}</source>
        <translation>私有服务器在启动时退出：{words}</translation>
    </message>
    <message>
        <source>The private server&apos;s program could not be started: {why}</source>
        <translation>无法启动私有服务器的程序：{why}</translation>
    </message>
    <message>
        <source>The proxy cannot be used by chatdesk: it must be an HTTP or a SOCKS5 proxy.</source>
        <translation>chatdesk 无法使用此代理：必须是 HTTP 或 SOCKS5 代理。</translation>
    </message>
    <message>
        <source>The proxy refuses the connection to {server}.</source>
        <translation>代理拒绝连接 {server}。</translation>
    </message>
    <message>
        <source>The proxy {host} cannot be reached at port {port}.</source>
        <translation>无法连接代理 {host} 的端口 {port}。</translation>
    </message>
    <message>
        <source>The proxy {host} cannot reach the server: {reason}.</source>
        <translation>代理 {host} 无法连接服务器：{reason}。</translation>
    </message>
    <message>
        <source>The proxy {host} cannot reach {server} (SOCKS error {code}).</source>
        <translation>代理 {host} 无法连接 {server}（SOCKS 错误 {code}）。</translation>
    </message>
    <message>
        <source>The proxy {host} does not allow connections to {server}.</source>
        <translation>代理 {host} 不允许连接 {server}。</translation>
    </message>
    <message>
        <source>The proxy {host} refuses this user name or password.</source>
        <translation>代理 {host} 拒绝此用户名或密码。</translation>
    </message>
    <message>
        <source>The proxy {host} wants a user name and a password.</source>
        <translation>代理 {host} 需要用户名和密码。</translation>
    </message>
    <message>
        <source>The server has no such message.</source>
        <translation>服务器上没有这条消息。</translation>
    </message>
    <message>
        <source>The server sends next to nothing. Try again later.</source>
        <translation>服务器几乎没有发送数据，请稍后重试。</translation>
    </message>
    <message>
        <source>The server sent a sync answer without a token.</source>
        <translation>服务器的同步响应缺少令牌。</translation>
    </message>
    <message>
        <source>The server sent an answer that chatdesk cannot understand.</source>
        <translation>chatdesk 无法理解服务器的响应。</translation>
    </message>
    <message>
        <source>The system keyring cannot be read ({reason}). Unlock it and start chatdesk again.</source>
        <translation>无法读取系统密钥环（{reason}）。请解锁后重新启动 chatdesk。</translation>
    </message>
    <message>
        <source>The system keyring no longer has the key of this profile, so its messages cannot be opened. Restore the keyring, or remove {folder} and log in again.</source>
        <translation>系统密钥环中已没有此配置的密钥，因此无法打开其消息。请恢复密钥环，或删除 {folder} 后重新登录。</translation>
    </message>
    <message>
        <source>The user name or the password is wrong.</source>
        <translation>用户名或密码错误。</translation>
    </message>
    <message>
        <source>There are no coordinates in this link. Copy them from the map, for example 52.5163, 13.3777</source>
        <translation>此链接中没有坐标。请从地图上复制，例如 52.5163, 13.3777</translation>
    </message>
    <message>
        <source>There are no messages in “{name}”.</source>
        <translation>“{name}”中没有消息。</translation>
    </message>
    <message>
        <source>There is no computer named {host}. Check the address of the proxy.</source>
        <translation>没有名为 {host} 的主机。请检查代理地址。</translation>
    </message>
    <message>
        <source>There is no connection.</source>
        <translation>没有连接。</translation>
    </message>
    <message>
        <source>There is no file to download in this message.</source>
        <translation>这条消息中没有可下载的文件。</translation>
    </message>
    <message>
        <source>There is no space left for “{name}”. Free some and try again.</source>
        <translation>没有空间存放“{name}”。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>There is no such conversation here.</source>
        <translation>这里没有此会话。</translation>
    </message>
    <message>
        <source>There is no such group here.</source>
        <translation>这里没有此群聊。</translation>
    </message>
    <message>
        <source>There is no such message to take back.</source>
        <translation>没有可撤回的此条消息。</translation>
    </message>
    <message>
        <source>There is no user {user}.</source>
        <translation>没有用户 {user}。</translation>
    </message>
    <message>
        <source>There is no user {user}. Check the spelling.</source>
        <translation>没有用户 {user}。请检查拼写。</translation>
    </message>
    <message>
        <source>There is nothing to send.</source>
        <translation>没有可发送的内容。</translation>
    </message>
    <message>
        <source>These are more messages between two others than chatdesk can hold.</source>
        <translation>两条消息之间的消息过多，chatdesk 无法容纳。</translation>
    </message>
    <message>
        <source>These are not coordinates. They look like 52.5163, 13.3777</source>
        <translation>这不是坐标。坐标形如 52.5163, 13.3777</translation>
    </message>
    <message>
        <source>This account has been deactivated.</source>
        <translation>此账号已停用。</translation>
    </message>
    <message>
        <source>This account is locked. Ask whoever runs {server}.</source>
        <translation>此账号已锁定。请询问 {server} 的管理员。</translation>
    </message>
    <message>
        <source>This account is suspended: it can read but not write.</source>
        <translation>此账号已被限制：只能阅读，不能发送。</translation>
    </message>
    <message>
        <source>This attachment has no valid address on the server.</source>
        <translation>此附件在服务器上没有有效地址。</translation>
    </message>
    <message>
        <source>This cannot be sent to {server}.</source>
        <translation>无法发送给 {server}。</translation>
    </message>
    <message>
        <source>This conversation does not exist any more.</source>
        <translation>此会话已不存在。</translation>
    </message>
    <message>
        <source>This conversation is end-to-end encrypted. chatdesk cannot encrypt yet, so nothing was sent.</source>
        <translation>此会话已端到端加密。chatdesk 尚不支持加密，因此没有发送任何内容。</translation>
    </message>
    <message>
        <source>This could not be sent.</source>
        <translation>发送失败。</translation>
    </message>
    <message>
        <source>This device is the one you are using. Log out to end it.</source>
        <translation>这是你正在使用的设备。如要结束，请退出登录。</translation>
    </message>
    <message>
        <source>This file was never on the server.</source>
        <translation>此文件从未上传到服务器。</translation>
    </message>
    <message>
        <source>This is another account. Log in as {user}.</source>
        <translation>这是另一个账号。请以 {user} 登录。</translation>
    </message>
    <message>
        <source>This is larger than {server} allows.</source>
        <translation>超出 {server} 允许的大小。</translation>
    </message>
    <message>
        <source>This is not a symbol to react with.</source>
        <translation>这不是可用于回应的表情。</translation>
    </message>
    <message>
        <source>This is not a user name of this server.</source>
        <translation>这不是此服务器的用户名。</translation>
    </message>
    <message>
        <source>This is not an access token.</source>
        <translation>这不是访问令牌。</translation>
    </message>
    <message>
        <source>This is not the name of a file.</source>
        <translation>这不是文件名。</translation>
    </message>
    <message>
        <source>This kind of message cannot be forwarded.</source>
        <translation>此类消息不能转发。</translation>
    </message>
    <message>
        <source>This message cannot be edited.</source>
        <translation>这条消息不能编辑。</translation>
    </message>
    <message>
        <source>This message does not exist any more.</source>
        <translation>这条消息已不存在。</translation>
    </message>
    <message>
        <source>This message is already on its way. Recall it instead.</source>
        <translation>这条消息已在发送中，请改为撤回。</translation>
    </message>
    <message>
        <source>This message is in the conversation already.</source>
        <translation>这条消息已在会话中。</translation>
    </message>
    <message>
        <source>This message is too long for the server. Send it in parts, or as a file.</source>
        <translation>消息过长，服务器不接受。请分段发送，或以文件发送。</translation>
    </message>
    <message>
        <source>This message is too long. Send it in parts, or as a file.</source>
        <translation>消息过长。请分段发送，或以文件发送。</translation>
    </message>
    <message>
        <source>This message is too old to be taken back.</source>
        <translation>消息时间过久，无法撤回。</translation>
    </message>
    <message>
        <source>This message store was written by a newer chatdesk (schema {current}, this one knows {newest}). Update chatdesk to open it.</source>
        <translation>此消息库由更新版本的 chatdesk 写入（版本 {current}，当前支持 {newest}）。请更新 chatdesk 后再打开。</translation>
    </message>
    <message>
        <source>This message was deleted before it left.</source>
        <translation>这条消息在发出前已删除。</translation>
    </message>
    <message>
        <source>This message was taken back before it left.</source>
        <translation>这条消息在发出前已撤回。</translation>
    </message>
    <message>
        <source>This note does not exist any more.</source>
        <translation>此笔记已不存在。</translation>
    </message>
    <message>
        <source>This part of the message cannot be sent: only the server makes it.</source>
        <translation>消息的这一部分不能发送：只有服务器能生成。</translation>
    </message>
    <message>
        <source>This profile is locked with a passphrase. Open it in a window.</source>
        <translation>此配置已用口令锁定，请在窗口中打开。</translation>
    </message>
    <message>
        <source>This server keeps every message: none can be for those online only.</source>
        <translation>此服务器保存所有消息：不能只发给在线的人。</translation>
    </message>
    <message>
        <source>This server signs devices out on its own web page only.</source>
        <translation>此服务器只能在其网页上让设备退出登录。</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>符号链接层数过多</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>Type the address of the proxy.</source>
        <translation>请输入代理地址。</translation>
    </message>
    <message>
        <source>Type the name of your server, for example matrix.org</source>
        <translation>请输入服务器名称，例如 matrix.org</translation>
    </message>
    <message>
        <source>Type the name that others shall see.</source>
        <translation>请输入要让他人看到的昵称。</translation>
    </message>
    <message>
        <source>Type the port of the proxy, a number from 1 to 65535.</source>
        <translation>请输入代理端口，1 到 65535 之间的数字。</translation>
    </message>
    <message>
        <source>Wait until the last message to many people has been sent.</source>
        <translation>请等上一条群发消息发送完毕。</translation>
    </message>
    <message>
        <source>What answers at {host}:{port} is not a SOCKS5 proxy.</source>
        <translation>{host}:{port} 不是 SOCKS5 代理。</translation>
    </message>
    <message>
        <source>What answers at {host}:{port} is not an HTTP proxy.</source>
        <translation>{host}:{port} 不是 HTTP 代理。</translation>
    </message>
    <message>
        <source>What starts with the computer cannot be changed: {reason}.</source>
        <translation>无法更改开机启动项：{reason}。</translation>
    </message>
    <message>
        <source>Without a passphrase the messages cannot be stored safely.</source>
        <translation>没有口令就无法安全保存消息。</translation>
    </message>
    <message>
        <source>You are not a member of this conversation, so nothing was sent.</source>
        <translation>你不是此会话的成员，因此没有发送任何内容。</translation>
    </message>
    <message>
        <source>You cannot react to this message.</source>
        <translation>不能对这条消息作出回应。</translation>
    </message>
    <message>
        <source>You stopped before this was sent.</source>
        <translation>发送前你已停止。</translation>
    </message>
    <message>
        <source>Your change was not saved: {reason}</source>
        <translation>修改未保存：{reason}</translation>
    </message>
    <message>
        <source>Your reaction could not be taken back: {reason}</source>
        <translation>无法取消回应：{reason}</translation>
    </message>
    <message>
        <source>Your reaction was not sent: {reason}</source>
        <translation>回应未发送：{reason}</translation>
    </message>
    <message>
        <source>chatdesk ends. What was not sent yet is kept for its next start.</source>
        <translation>chatdesk 即将退出。未发送的内容会保留到下次启动。</translation>
    </message>
    <message>
        <source>chatdesk talks to {host} over https:// only: anybody could read along.</source>
        <translation>chatdesk 只通过 https:// 与 {host} 通信，否则任何人都能偷看。</translation>
    </message>
    <message>
        <source>matrix-synapse is not installed: install chatdesk with its extra “local”</source>
        <translation>未安装 matrix-synapse：请安装带有“local”附加组件的 chatdesk</translation>
    </message>
    <message>
        <source>{address} is in use by another program: choose another port</source>
        <translation>{address} 正被其他程序使用：请选择其他端口</translation>
    </message>
    <message>
        <source>{asked} names {told} as its Matrix homeserver, but none answers there. Try again later, or ask whoever runs it.</source>
        <translation>{asked} 指定 {told} 为其 Matrix 服务器，但那里没有响应。请稍后重试，或询问管理员。</translation>
    </message>
    <message>
        <source>{folder} is open in another chatdesk. Close that one, or use another profile.</source>
        <translation>{folder} 已在另一个 chatdesk 中打开。请关闭它，或使用其他配置。</translation>
    </message>
    <message>
        <source>{host} does not answer at port {port}. Check the address, the port and the network.</source>
        <translation>{host} 的端口 {port} 没有响应。请检查地址、端口和网络。</translation>
    </message>
    <message>
        <source>{host} names a homeserver chatdesk cannot use: {told}</source>
        <translation>{host} 指定的服务器 chatdesk 无法使用：{told}</translation>
    </message>
    <message>
        <source>{host} refuses port {port}: no proxy runs there. Check the port.</source>
        <translation>{host} 拒绝端口 {port}：那里没有运行代理。请检查端口。</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}</source>
        <translation>无法读取 {path}：{reason}</translation>
    </message>
    <message>
        <source>{server} asks for your password.</source>
        <translation>{server} 需要你的密码。</translation>
    </message>
    <message>
        <source>{server} cannot be reached. Check the network connection.</source>
        <translation>无法连接 {server}。请检查网络连接。</translation>
    </message>
    <message>
        <source>{server} does not allow logging in with a password.</source>
        <translation>{server} 不允许用密码登录。</translation>
    </message>
    <message>
        <source>{server} does not allow this{said}</source>
        <translation>{server} 不允许此操作{said}</translation>
    </message>
    <message>
        <source>{server} does not answer in time. Check the network connection.</source>
        <translation>{server} 响应超时。请检查网络连接。</translation>
    </message>
    <message>
        <source>{server} does not offer this.</source>
        <translation>{server} 不提供此功能。</translation>
    </message>
    <message>
        <source>{server} ended this session. Log in again.</source>
        <translation>{server} 结束了此次登录。请重新登录。</translation>
    </message>
    <message>
        <source>{server} has trouble at the moment ({status}). Try again later.</source>
        <translation>{server} 暂时出现问题（{status}）。请稍后重试。</translation>
    </message>
    <message>
        <source>{server} is asked too often. Try again in {seconds} seconds.</source>
        <translation>对 {server} 的请求过于频繁。请在 {seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>{server} is not a Matrix homeserver. Check the address.</source>
        <translation>{server} 不是 Matrix 服务器。请检查地址。</translation>
    </message>
    <message>
        <source>{server} is not an address chatdesk can use.</source>
        <translation>{server} 不是 chatdesk 可用的地址。</translation>
    </message>
    <message>
        <source>{server} knows nothing of this{said}</source>
        <translation>{server} 没有找到{said}</translation>
    </message>
    <message>
        <source>{server} points to a place that is not safe to follow.</source>
        <translation>{server} 指向了不安全的地址。</translation>
    </message>
    <message>
        <source>{server} refuses this ({status}){said}</source>
        <translation>{server} 拒绝了请求（{status}）{said}</translation>
    </message>
    <message>
        <source>{server} sends chatdesk round in circles.</source>
        <translation>{server} 不断循环重定向。</translation>
    </message>
    <message>
        <source>{server} sends this file in a packed form that chatdesk does not know.</source>
        <translation>{server} 用 chatdesk 不支持的压缩方式发送此文件。</translation>
    </message>
    <message>
        <source>{server} sent a damaged answer.</source>
        <translation>{server} 的响应已损坏。</translation>
    </message>
    <message>
        <source>{server} sent an answer that chatdesk cannot understand.</source>
        <translation>chatdesk 无法理解 {server} 的响应。</translation>
    </message>
    <message>
        <source>{server} sent more than chatdesk accepts ({most} MB).</source>
        <translation>{server} 发送的内容超过 chatdesk 的上限（{most} MB）。</translation>
    </message>
    <message>
        <source>{server} speaks an old form of Matrix ({version}) that chatdesk does not. Ask whoever runs it to update it.</source>
        <translation>{server} 使用 chatdesk 不支持的旧版 Matrix（{version}）。请让管理员更新。</translation>
    </message>
    <message>
        <source>{server} was not found. Check the name and the network connection.</source>
        <translation>找不到 {server}。请检查名称和网络连接。</translation>
    </message>
    <message>
        <source>“{host}” is not the address of a proxy: only a name or a number.</source>
        <translation>“{host}”不是代理地址：只能是主机名或 IP。</translation>
    </message>
    <message>
        <source>“{name}” became shorter while it was being sent.</source>
        <translation>“{name}”在发送过程中变短了。</translation>
    </message>
    <message>
        <source>“{name}” cannot be read: {reason}.</source>
        <translation>无法读取“{name}”：{reason}。</translation>
    </message>
    <message>
        <source>“{name}” cannot be written: {reason}.</source>
        <translation>无法写入“{name}”：{reason}。</translation>
    </message>
    <message>
        <source>“{name}” has not been uploaded yet.</source>
        <translation>“{name}”尚未上传。</translation>
    </message>
    <message>
        <source>“{name}” has {size} MB; the server takes at most {limit} MB.</source>
        <translation>“{name}”有 {size} MB；服务器最多接受 {limit} MB。</translation>
    </message>
    <message>
        <source>“{name}” is being downloaded already.</source>
        <translation>“{name}”已在下载中。</translation>
    </message>
    <message>
        <source>“{name}” is damaged: it cannot be read to its end.</source>
        <translation>“{name}”已损坏：无法读到末尾。</translation>
    </message>
    <message>
        <source>“{name}” is empty.</source>
        <translation>“{name}”是空文件。</translation>
    </message>
    <message>
        <source>“{name}” is larger than it was said to be. Nothing was kept.</source>
        <translation>“{name}”比声明的要大，未保留任何内容。</translation>
    </message>
    <message>
        <source>“{name}” is no list of messages.</source>
        <translation>“{name}”不是消息列表。</translation>
    </message>
    <message>
        <source>“{name}” is not a file, or it is not there any more.</source>
        <translation>“{name}”不是文件，或已不存在。</translation>
    </message>
    <message>
        <source>“{name}” is not a picture that can be shown.</source>
        <translation>“{name}”不是可显示的图片。</translation>
    </message>
    <message>
        <source>“{name}” is not a picture. Send it as a file.</source>
        <translation>“{name}”不是图片，请以文件发送。</translation>
    </message>
    <message>
        <source>“{name}” is not what was sent: its content does not match. Nothing was kept.</source>
        <translation>“{name}”与发送的内容不一致，未保留任何内容。</translation>
    </message>
    <message>
        <source>“{name}” is not whole: {received} of {size} bytes. Nothing was kept.</source>
        <translation>“{name}”不完整：只有 {received}/{size} 字节，未保留任何内容。</translation>
    </message>
    <message>
        <source>“{name}” is there already. Choose another name.</source>
        <translation>“{name}”已存在，请换个名称。</translation>
    </message>
    <message>
        <source>“{name}” is too large for a picture of a person.</source>
        <translation>“{name}”太大，不能用作头像。</translation>
    </message>
    <message>
        <source>“{name}” is too large to show here.</source>
        <translation>“{name}”太大，无法在此显示。</translation>
    </message>
    <message>
        <source>“{name}” needs {wanted} MB, but only {free} MB are free. Free some and try again.</source>
        <translation>“{name}”需要 {wanted} MB，但只剩 {free} MB。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>“{text}” is not the name of a server. It looks like matrix.org</source>
        <translation>“{text}”不是服务器名称。名称形如 matrix.org</translation>
    </message>
    <message>
        <source>“{url}” is not the address of a server.</source>
        <translation>“{url}”不是服务器地址。</translation>
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
        <translation>账号</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
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
    <name>SharedMediaModel</name>
    <message>
        <source>You</source>
        <translation>你</translation>
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
        <source>Go to a conversation, person, message, date …</source>
        <translation>转到会话、联系人、消息、日期…</translation>
    </message>
    <message>
        <source>Filter the conversations</source>
        <translation>筛选会话</translation>
    </message>
    <message>
        <source>Show all conversations</source>
        <translation>显示所有会话</translation>
    </message>
    <message>
        <source>Show unread ones only</source>
        <translation>只显示未读会话</translation>
    </message>
    <message>
        <source>Show mentions only</source>
        <translation>只显示 @我 的会话</translation>
    </message>
    <message>
        <source>Show people only</source>
        <translation>只显示单聊</translation>
    </message>
    <message>
        <source>Show groups only</source>
        <translation>只显示群聊</translation>
    </message>
    <message>
        <source>Actions of the conversation</source>
        <translation>会话操作</translation>
    </message>
    <message>
        <source>Close the window of one conversation</source>
        <translation>关闭独立会话窗口</translation>
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
        <source>Search in this conversation</source>
        <translation>在此会话中搜索</translation>
    </message>
    <message>
        <source>Pictures, files and links of this conversation</source>
        <translation>此会话的图片、文件和链接</translation>
    </message>
    <message>
        <source>Search everywhere</source>
        <translation>在所有会话中搜索</translation>
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
        <source>To the messages, from the field for writing</source>
        <translation>从输入框到消息</translation>
    </message>
    <message>
        <source>Back to writing, from the messages</source>
        <translation>从消息回到输入框</translation>
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
        <source>Earlier and later in what is heard</source>
        <translation>在正在播放的内容中后退和前进</translation>
    </message>
    <message>
        <source>Speed of what is heard</source>
        <translation>播放速度</translation>
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
        <source>Bring back what was deleted</source>
        <translation>恢复已删除的内容</translation>
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
        <source>Keep as private note</source>
        <translation>存为私密笔记</translation>
    </message>
    <message>
        <source>Paste text, pictures or files</source>
        <translation>粘贴文字、图片或文件</translation>
    </message>
    <message>
        <source>Record a voice message, end the recording</source>
        <translation>录制语音消息、结束录音</translation>
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
    <name>SignOutDialog</name>
    <message>
        <source>Sign out?</source>
        <translation>退出登录？</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>The server wants your password, to be sure that it is you.</source>
        <translation>服务器需要你的密码以确认是你本人。</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>请输入密码。</translation>
    </message>
</context>
<context>
    <name>SoundRow</name>
    <message>
        <source>Place in {0}</source>
        <translation>{0} 的播放位置</translation>
    </message>
    <message>
        <source>Pause {0}</source>
        <translation>暂停 {0}</translation>
    </message>
    <message>
        <source>Listen to {0}</source>
        <translation>播放 {0}</translation>
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
    <name>StoragePage</name>
    <message>
        <source>On this computer</source>
        <translation>在此电脑上</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Messages and small pictures, encrypted. Files you saved are not counted.</source>
        <translation>加密保存的消息和缩略图，不含你另存的文件。</translation>
    </message>
    <message>
        <source>Pictures kept at hand, at most</source>
        <translation>图片缓存上限</translation>
    </message>
    <message>
        <source>What is dropped is fetched again when you look at it.</source>
        <translation>被清除的图片会在查看时重新获取。</translation>
    </message>
    <message>
        <source>Clear all kept pictures</source>
        <translation>清除所有图片缓存</translation>
    </message>
    <message>
        <source>By conversation</source>
        <translation>按会话</translation>
    </message>
    <message>
        <source>Storage by conversation</source>
        <translation>各会话占用的存储</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Clear the pictures of this conversation</source>
        <translation>清除此会话的图片</translation>
    </message>
    <message>
        <source>{0} in all, {1} of it kept pictures</source>
        <translation>共 {0}，其中图片缓存 {1}</translation>
    </message>
</context>
<context>
    <name>Switcher</name>
    <message>
        <source>Go to</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Go to a conversation, a person, a message …</source>
        <translation>转到会话、联系人、消息…</translation>
    </message>
    <message>
        <source>People, groups, messages, commands, links, dates</source>
        <translation>联系人、群聊、消息、命令、链接、日期</translation>
    </message>
    <message>
        <source>Where to go</source>
        <translation>转到何处</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
</context>
<context>
    <name>SwitcherModel</name>
    <message>
        <source>Looking for it…</source>
        <translation>正在查找…</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>So many cannot be looked for at once. Paste the rest afterwards.</source>
        <translation>一次无法查找这么多。请稍后粘贴其余部分。</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>群聊</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新建会话</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Invitation</source>
        <translation>邀请</translation>
    </message>
    <message>
        <source>1 unread</source>
        <translation>1 条未读</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n 条未读</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to {0}</source>
        <translation>转到 {0}</translation>
    </message>
    <message>
        <source>in {0}</source>
        <translation>在“{0}”中</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Open this conversation</source>
        <translation>打开此会话</translation>
    </message>
    <message>
        <source>Not in your conversations yet</source>
        <translation>尚不在你的会话中</translation>
    </message>
    <message>
        <source>There is no such message, or you may not see it.</source>
        <translation>没有这条消息，或者你无权查看。</translation>
    </message>
    <message>
        <source>It does not say in which conversation. Open the conversation first.</source>
        <translation>没有说明是哪个会话。请先打开会话。</translation>
    </message>
    <message>
        <source>You are not in this conversation: {0}</source>
        <translation>你不在此会话中：{0}</translation>
    </message>
    <message>
        <source>No message of that second has this number.</source>
        <translation>那一秒没有此序号的消息。</translation>
    </message>
    <message>
        <source>This message was deleted on this computer.</source>
        <translation>这条消息已在此电脑上删除。</translation>
    </message>
    <message>
        <source>It is too far back to be loaded. Fetch the whole past first.</source>
        <translation>时间太早，无法加载。请先获取全部历史消息。</translation>
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
    <name>Voice</name>
    <message>
        <source>End the recording (Ctrl+Shift+R)</source>
        <translation>结束录音（Ctrl+Shift+R）</translation>
    </message>
    <message>
        <source>Record a voice message: click, or hold while you speak (Ctrl+Shift+R)</source>
        <translation>录制语音消息：点击，或按住说话（Ctrl+Shift+R）</translation>
    </message>
</context>
<context>
    <name>VoiceSection</name>
    <message>
        <source>Voice messages</source>
        <translation>语音消息</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Test the microphone</source>
        <translation>测试麦克风</translation>
    </message>
    <message>
        <source>No microphone was found. Connect one and try again.</source>
        <translation>未找到麦克风。请连接麦克风后重试。</translation>
    </message>
    <message>
        <source>Say something: the bars show what is heard.</source>
        <translation>请说话：音量条会显示听到的声音。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Nothing is heard. Is the microphone on?</source>
        <translation>没有声音。麦克风打开了吗？</translation>
    </message>
</context>
<context>
    <name>When</name>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
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
    <name>WishWords</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open in own window</source>
        <translation>在独立窗口中打开</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>标为已读</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>标为未读</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Unmute (it ends {0})</source>
        <translation>取消免打扰（{0} 自动结束）</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>消息免打扰</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>取消免打扰</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>For 8 hours</source>
        <translation>8 小时</translation>
    </message>
    <message>
        <source>Until tomorrow morning</source>
        <translation>到明天早上</translation>
    </message>
    <message>
        <source>Until I unmute it</source>
        <translation>直到我取消</translation>
    </message>
    <message>
        <source>Group details…</source>
        <translation>群资料…</translation>
    </message>
    <message>
        <source>Clear history…</source>
        <translation>清空聊天记录…</translation>
    </message>
    <message>
        <source>Block…</source>
        <translation>屏蔽…</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>解除屏蔽</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>退出…</translation>
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
        <source>Decline and block…</source>
        <translation>拒绝并屏蔽…</translation>
    </message>
</context>
<context>
    <name>Wishes</name>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>This is recalled for everyone. People may have read it already.</source>
        <translation>已为所有人撤回。他人可能已经看过。</translation>
    </message>
    <message>
        <source>You already have this file</source>
        <translation>你已有此文件</translation>
    </message>
    <message>
        <source>It is {0} in {1}.</source>
        <translation>它是 {1} 中的 {0}。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Remove this message of {0}?</source>
        <translation>移除{0}的这条消息？</translation>
    </message>
    <message>
        <source>It goes for everyone and cannot be brought back. Everybody sees that you removed it.</source>
        <translation>所有人都将看不到它，且无法恢复。大家会看到是你移除的。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Save again</source>
        <translation>再次保存</translation>
    </message>
    <message>
        <source>1 file was here already.</source>
        <translation>1 个文件已存在。</translation>
    </message>
    <message numerus="yes">
        <source>%n files were here already.</source>
        <translation>
            <numerusform>%n 个文件已存在。</numerusform>
        </translation>
    </message>
    <message>
        <source>chatdesk cannot play this here. It is opened with the system&apos;s program.</source>
        <translation>chatdesk 无法在此播放，将用系统程序打开。</translation>
    </message>
    <message>
        <source>The link was copied.</source>
        <translation>已复制链接。</translation>
    </message>
    <message numerus="yes">
        <source>%n messages</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} forwarded to %n conversations.</source>
        <translation>
            <numerusform>已将 {0}转发到 %n 个会话。</numerusform>
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
        <source>{0} pinned a message</source>
        <translation>{0} 置顶了一条消息</translation>
    </message>
    <message>
        <source>{0} unpinned a message</source>
        <translation>{0} 取消置顶了一条消息</translation>
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
        <source>You were removed</source>
        <translation>你被移出</translation>
    </message>
    <message>
        <source>You were banned</source>
        <translation>你被封禁</translation>
    </message>
    <message>
        <source>You were invited</source>
        <translation>你被邀请</translation>
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
        <source>You removed a message of {0}</source>
        <translation>你移除了{0}的一条消息</translation>
    </message>
    <message>
        <source>{0} removed your message</source>
        <translation>{0}移除了你的消息</translation>
    </message>
    <message>
        <source>{0} removed a message of {1}</source>
        <translation>{0}移除了{1}的一条消息</translation>
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
</context>
<context>
    <name>WritingPage</name>
    <message>
        <source>Formatting</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Format *stars* and `backquotes`</source>
        <translation>将*星号*和`反引号`转换为格式</translation>
    </message>
    <message>
        <source>Without it everything is sent exactly as you type it.</source>
        <translation>关闭后将原样发送你输入的内容。</translation>
    </message>
    <message>
        <source>Time to take a message back</source>
        <translation>发送前等待时间</translation>
    </message>
    <message>
        <source>So long a message waits before it leaves, and can be undone without anybody seeing it.</source>
        <translation>消息发出前会等待这么久，期间可撤销且无人看到。</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>_Shown</name>
    <message>
        <source>Go to this pinned message</source>
        <translation>转到这条置顶消息</translation>
    </message>
    <message>
        <source>Pinned: {0}</source>
        <translation>置顶：{0}</translation>
    </message>
</context>
</TS>
